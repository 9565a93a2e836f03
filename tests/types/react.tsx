/** What a component may and may not write. */

import { EgusiButton, useEgusi } from 'egusi/react';
import { createRef } from 'react';

const options = { key: 'public', token: 'company' };
const button = createRef<HTMLButtonElement>();

export function Checkout() {
  const { open, close, preload, isOpen, error } = useEgusi({ ...options, onSuccess: ({ record }) => record.at(0) });
  // @ts-expect-error The key is missing.
  useEgusi({ token: 'company' });
  // @ts-expect-error Whether it is open is no function.
  isOpen();
  return (
    <div onFocus={preload}>
      <button onClick={() => open()?.on('close', close)}>{isOpen ? 'Close' : (error?.code ?? 'Open')}</button>
      <EgusiButton ref={button} options={options} className="primary" disabled={isOpen}>
        Connect
      </EgusiButton>
      {/* @ts-expect-error The options are missing. */}
      <EgusiButton>Connect</EgusiButton>
      {/* @ts-expect-error A button has no such property. */}
      <EgusiButton options={options} href="/" />
    </div>
  );
}

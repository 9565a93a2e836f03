/** The shape of what `onSuccess` receives, as okra-js's customers read it. */

import { expect } from '@playwright/test';

const ID = /^[0-9a-f]{24}$/;

export function expectConnection(connection: any): void {
  expect(connection).toMatchObject({
    success: true,
    done: true,
    record: expect.stringMatching(ID),
    record_id: expect.stringMatching(ID),
    customer_id: expect.stringMatching(ID),
    bank_id: expect.stringMatching(ID),
    auth: { status: true, customer_id: connection.customer_id, bank_id: connection.bank_id },
  });
  expect(connection.record_id).toBe(connection.record);
  // With it, okra-js would take the message for the end and lose the result.
  expect(connection).not.toHaveProperty('close');
  const [first] = connection.accounts;
  expect(first).toMatchObject({
    id: expect.stringMatching(ID),
    name: expect.stringMatching(/./),
    nuban: expect.stringMatching(/^\d{10}$/),
    currency: 'NGN',
    type: 'Current',
    connected: true,
    customer: connection.customer_id,
    ledger_balance: expect.any(Number),
    available_balance: expect.any(Number),
  });
  expect(first.accountId).toBe(first.id);
}

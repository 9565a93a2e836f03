/** What code may and may not write against the main entry, as a bundler resolves it. */

import Okra, { LoaderError, open, preload, type Connection, type ErrorCode, type EventName, type Handle, type Options } from 'egusi';
import { defineEgusi, type EgusiConnect } from 'egusi/element';
import { open as openInPage } from 'egusi/inline';

const options: Options = { key: 'public', token: 'company', products: ['auth'], env: 'production-sandbox' };

// As with okra-js.
Okra.baseUrl = 'https://connect.example';
Okra.buildWithOptions({ ...options, onSuccess: ({ record_id, accounts }) => [record_id.at(0), accounts[0]?.nuban], onClose: () => {} });
Okra.buildWithShortUrl({ short_url: 'spring-sale' });
const { buildWithOptions } = Okra;
// Options that only okra-js had are carried on.
buildWithOptions({ ...options, limit: '24', guarantors: { status: false } });

// What docs/options.md has is taken.
buildWithOptions({ ...options, exp: '2030-01-31', env: 'sandbox', filter: { industry_type: 'bank', banks: ['nuru-bank'] } });
buildWithOptions({ ...options, exp: new Date(), env: 'production', filter: ['nuru-bank', 'Kobo Bank'] });
buildWithOptions({ ...options, language: 'pcm', color: '#0b6b3a', mode: 'dark', sentences: { en: { 'banks.title': 'Your bank?' } } });
buildWithOptions({ ...options, appearance: { variables: { colorText: 'rgb(0, 0, 0)', borderRadius: '4px' } } });

// With a promise.
const handle: Handle = open({ ...options, baseUrl: 'https://connect.example', zIndex: 5 });
const stop: () => void = handle.on('event', ({ event_name }) => event_name === 'CONNECTED');
handle.on('success', (connection: Connection) => connection.accounts.map(({ id }) => id));
handle.on('close', () => stop());
handle.result.then((outcome) => {
  if (outcome.status === 'connected') outcome.connection.customer_id.at(0);
  // @ts-expect-error Who has closed the window has no connection.
  if (outcome.status === 'closed') outcome.connection;
});
handle.destroy();
open({ short_url: 'spring-sale' });
preload();
preload('https://connect.example');

// The element.
defineEgusi();
const element: EgusiConnect | null = document.querySelector('egusi-connect');
element?.addEventListener('egusi-success', ({ detail }) => detail.record_id.at(0));
element?.addEventListener('egusi-event', ({ detail }) => detail.event_name === 'CLOSED');
if (element) element.options = { products: ['balance'] };

// In the page.
openInPage(options).close();

// Every code and every event is known by name.
const codes: ErrorCode[] = ['load_failed', 'invalid_option', 'unknown_key', 'origin_not_allowed', 'widget_expired'];
const events: EventName[] = ['OPENED', 'CLOSED'];
if (new LoaderError('load_failed', 'late').code === 'load_failed') console.log(codes, events);

// @ts-expect-error The key is missing.
open({ token: 'company' });
// @ts-expect-error There is no such world.
open({ ...options, env: 'staging' });
// @ts-expect-error A day is no number.
open({ ...options, exp: 20300131 });
// @ts-expect-error It is light, dark or as the system is.
open({ ...options, mode: 'darkish' });
// @ts-expect-error There is no such variable.
open({ ...options, appearance: { variables: { colourText: '#000' } } });
// @ts-expect-error A size has its unit.
open({ ...options, appearance: { variables: { fontSizeBase: '1rem' } } });
// @ts-expect-error A colour has no name here.
open({ ...options, appearance: { variables: { colorPrimary: 'red' } } });
// @ts-expect-error Sentences stand in a language.
open({ ...options, sentences: { 'banks.title': 'Your bank?' } });
// @ts-expect-error Banks are named by texts.
open({ ...options, filter: [7] });
// @ts-expect-error A list is wanted.
open({ ...options, products: 'auth' });
// @ts-expect-error True or false.
open({ ...options, showBalance: 'yes' });
// @ts-expect-error Minor units are a number.
open({ ...options, charge: { amount: '5000' } });
// @ts-expect-error One of four words.
open({ ...options, selection_type: 'any' });
// @ts-expect-error Whose accounts is one of three words.
open({ ...options, account_type: 'company' });
// @ts-expect-error What comes with success is no number.
open({ ...options, onSuccess: (connection: number) => connection });
// @ts-expect-error onClose hears nothing.
open({ ...options, onClose: (reason: string) => reason });
// @ts-expect-error There is nothing of that name to hear.
handle.on('done', () => {});
// @ts-expect-error A connection has no such field.
handle.on('success', ({ password }: { password: string }) => password);
// @ts-expect-error No event of that name is ever told.
const unknown: EventName = 'PASSWORD_TYPED';
// @ts-expect-error No such code is ever told.
const unheard: ErrorCode = 'no_such_code';
// @ts-expect-error A short name is a text.
Okra.buildWithShortUrl({ short_url: 7 });
// @ts-expect-error Okra's object has no such function.
Okra.buildWithUrl({});
// @ts-expect-error Which server is a text.
Okra.baseUrl = 8080;
// @ts-expect-error Which of the two it is, only the element itself can say.
element!.isOpen = true;
// @ts-expect-error In the page there is no other server to name by a number.
openInPage({ ...options, baseUrl: 1 });
export { unheard, unknown };

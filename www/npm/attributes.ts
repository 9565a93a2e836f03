/** Which options can be written as attributes of `<egusi-connect>`, and how they are read. */

import type { OpenOptions } from './index.ts';

/** Anything that JSON can carry goes into the property `options`; what is plain is an attribute too. */
const TEXTS = [
  'key',
  'token',
  'name',
  'env',
  'currency',
  'logo',
  'app_id',
  'account_type',
  'selection_type',
  'exp',
  'institution',
  'account_number',
  'connectMessage',
  'widget_success',
  'widget_failed',
  'success_title',
  'success_message',
  'continue_cta',
  'support_email',
  'callback_url',
  'redirect_url',
  'language',
  'color',
  'mode',
  'short_url',
  'baseUrl',
];
const FLAGS = ['showBalance', 'isCorporate', 'multi_account', 'garnish'];
const LISTS = ['products', 'countries'];

/** Frameworks keep `key` and `ref` for themselves, so these two have a second name. */
const OTHER_NAMES: Record<string, string> = { 'public-key': 'key', ref: 'short_url' };

/** `showBalance` and `show_balance` are both written `show-balance`. */
const attributeOf = (option: string) => option.replace(/_/g, '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

type Read = (text: string) => unknown;

/** Attribute, option, and how the text becomes the value. */
const ATTRIBUTES: [attribute: string, option: string, read: Read][] = [
  ...rows(TEXTS, (text) => text),
  // Written without a value it is meant.
  ...rows(FLAGS, (text) => text !== 'false'),
  ...rows(LISTS, (text) => text.split(/[\s,]+/).filter(Boolean)),
  ['z-index', 'zIndex', Number],
];

function rows(options: string[], read: Read): [string, string, Read][] {
  return options.map((option) => [attributeOf(option), option, read]);
}

/** What the attributes of an element say. */
export function optionsOf(element: Element): OpenOptions {
  const found: Record<string, unknown> = {};
  const take = (attribute: string, option: string, read: Read) => {
    const text = element.getAttribute(attribute);
    if (text !== null) found[option] = read(text);
  };
  for (const [attribute, option] of Object.entries(OTHER_NAMES)) take(attribute, option, (text) => text);
  for (const row of ATTRIBUTES) take(...row);
  return found as OpenOptions;
}

/** The tables that stand in several places, compared: options and events. No browser is needed. */

import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { advice } from '../../www/widget/lint.ts';
import { CALLBACKS, IGNORED, MARKS, READ } from '../../www/widget/options-known.ts';

const read = (path: string) => readFile(path, 'utf8');
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, word]) => word!);

/** Every name, with the way it is spelt otherwise, that the window reads. */
const readNames = Object.entries(READ).flatMap(([name, { older = [], also = [] }]) => [name, older, also].flat());

test('the widget reads what the table says it reads', async () => {
  const files = ['check', 'look', 'sentences'].map((name) => read(`crates/options/src/${name}.rs`));
  const source = (await Promise.all(files)).join('');
  const lists = matches(source, /\(&\[("[^\]]*")\]/g).flatMap((list) => matches(list, /"([^"]+)"/g));
  const single = matches(source, /(?:read\.json|read\.inner|sentence)\((?:&read, )?"([^"]+)"\)/g);
  // A colour is never refused, so only the page reads it.
  expect(await read('www/widget/theme.ts')).toContain('given.color)');
  expect(sorted([...lists, ...single, 'color'])).toEqual(sorted([...readNames, 'hostOrigin', 'ref', 'short_url']));
});

test('nothing is read and ignored at once, or listed twice', () => {
  const all = [...readNames, ...Object.keys(IGNORED), ...MARKS, ...CALLBACKS];
  expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([]);
});

test('the documentation has every option, and says of each what the table says', async () => {
  const text = await read('docs/options.md');
  const rows = [...text.matchAll(/^\| (`.*?) \|(.*)\|$/gm)].map(([, names, rest]) => ({
    // What stands in brackets behind the name of a function are its arguments.
    names: matches(names!, /`(\w+)(?:\([^`]*\))?`/g),
    rest: rest!,
  }));
  const isIgnored = ({ rest }: { rest: string }) => rest.includes('ignored:');
  const namesOf = (some: typeof rows) => sorted(some.flatMap(({ names }) => names));
  const isOurs = (name: string) => name !== 'hostOrigin' && name !== 'ref';

  expect(namesOf(rows.filter((row) => !isIgnored(row)))).toEqual(sorted([...readNames, ...CALLBACKS, 'short_url']));
  const silent = MARKS.filter((name) => isOurs(name) && name !== 'short_url');
  expect(namesOf(rows.filter(isIgnored))).toEqual(sorted([...Object.keys(IGNORED), ...silent]));
  for (const { names, rest } of rows.filter(isIgnored)) {
    for (const name of names.filter((name) => IGNORED[name])) expect(rest).toContain(`ignored: ${IGNORED[name]}`);
  }
});

test('every option of our own types is one that is read', async () => {
  const source = await read('www/loader/options.ts');
  const body = /export interface Options extends Callbacks \{([\s\S]*?)\n\}/.exec(source)![1]!;
  const typed = matches(body, /^ {2}(\w+)\??:/gm);
  expect(typed.filter((name) => !Object.hasOwn(READ, name))).toEqual([]);
  expect(Object.keys(READ).filter((name) => !typed.includes(name))).toEqual([]);
});

test('every event has the name that the widget gives it', async () => {
  const rust = matches(await read('crates/protocol/src/host_event.rs'), /^\s+\w+ = "(\w+)"/gm);
  const union = /export type EventName =([^;]*);/.exec(await read('www/loader/options.ts'))![1]!;
  expect(matches(union, /'(\w+)'/g)).toEqual(rust);
  expect(rust.length).toBeGreaterThan(20);
});

for (const [name, meant] of [
  ['calback_url', 'callback_url'],
  ['callbackURL', 'callback_url'],
  ['accountType', 'account_type'],
  ['selectionType', 'selection_type'],
  ['product', 'products'],
  ['tokn', 'token'],
  ['nmae', 'name'],
  ['customerId', 'customer'],
  ['bank', undefined],
  ['id', undefined],
] as const) {
  test(`${name} ${meant ? `is taken for ${meant}` : 'is taken for nothing'}`, () => {
    const [said] = advice({ [name]: 'x' });
    expect(said).toBe(meant ? `${name} is not known; did you mean ${meant}?` : `${name} is ignored: there is no such option`);
  });
}

test('every other spelling is an old name or a good one', () => {
  for (const [name, { older = [], also }] of Object.entries(READ)) {
    expect(advice({ [name]: name === 'color' ? '#123' : 'x', ...(also && { [also]: 'x' }) })).toEqual([]);
    for (const old of older) expect(advice({ [old]: 'x' })).toEqual([`${old} is an old name; write ${name}`]);
  }
});

test('a page with hundreds of unknown options gets a short notice', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`${'x'.repeat(100)}${at}`, 1]));
  const said = advice(many);
  expect(said.length).toBe(30);
  for (const line of said) expect(line.length).toBeLessThan(100);
});

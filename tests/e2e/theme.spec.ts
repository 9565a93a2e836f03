/** What a host may say of the look and of single sentences, and what comes of the rest of it. */

import { readFile } from 'node:fs/promises';
import { inTheHostsWords } from '../../www/widget/sentences.ts';
import { themeOf } from '../../www/widget/theme.ts';
import { button, dialog, openWith } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

const accent = (color: unknown) => themeOf({ color }).properties['--egusi-accent'];

test('a colour that can be read stays as it is, however it is written', () => {
  for (const same of ['#e2231a', '#E2231A', 'rgb(226, 35, 26)', ' rgb(226 35 26) ']) expect(accent(same)).toBe('rgb(226,35,26)');
  expect(accent('#a06')).toBe('rgb(170,0,102)');
});

test('what is no colour changes nothing', () => {
  for (const odd of [undefined, null, '', 'red', '#12', 'rgb(1,2)', 'rgb(300,0,0)', 'url(x)', 7, {}, ['#fff'.repeat(2)]]) {
    expect(themeOf({ color: odd }).properties, String(odd)).toEqual({});
  }
});

test('a bad appearance is left out', () => {
  const variables = { fontFamily: 'x;src:url(//x)', fontSizeBase: '40px', borderRadius: '-1px', spacingUnit: '1rem', colorText: 'red' };
  expect(themeOf({ appearance: { variables } }).properties).toEqual({});
  for (const odd of ['night', 7, null, { variables: 'x' }, { variables: null }]) expect(themeOf({ appearance: odd }).properties).toEqual({});
});

test('sizes and families are taken as they are', () => {
  const variables = { fontFamily: '"Noto Sans", serif', fontSizeBase: '18px', borderRadius: '0px', spacingUnit: '5px' };
  expect(themeOf({ appearance: { variables } }).properties).toEqual({
    '--egusi-font': '"Noto Sans", serif',
    '--egusi-size': '18px',
    '--egusi-radius': '0px',
    '--egusi-unit': '5px',
  });
});

test('a background keeps the window light or dark, unless a mode is named', () => {
  const at = (colorBackground: string, mode?: string) => {
    const theme = themeOf({ mode, appearance: { variables: { colorBackground } } });
    return [theme.mode, '--egusi-surface' in theme.properties, '--egusi-surface-dark' in theme.properties];
  };
  expect(at('#fff7e8')).toEqual(['light', true, false]);
  expect(at('#101418')).toEqual(['dark', false, true]);
  expect(at('#101418', 'light')).toEqual(['light', false, true]);
  expect(at('#101418', 'system')).toEqual([undefined, false, true]);
  for (const word of [undefined, 'primary', 'System', 'odd', 7]) expect(themeOf({ mode: word }).mode).toBeUndefined();
  expect(themeOf({ mode: 'Dark' }).mode).toBe('dark');
});

test('sentences are replaced one by one, but for those that protect the customer', async () => {
  const ours = { 'banks.title': 'Choose your bank', 'consent.go': 'Continue', 'consent.never': 'Safe', 'done.until.one': 'Ends' };
  const theirs = { 'banks.title': 'Your bank?', 'consent.go': 'Yes', 'consent.never': 'Trust me', 'done.until.one': 'x', unknown: 'x' };
  expect(inTheHostsWords(ours, 'en', { en: theirs })).toEqual({ ...ours, 'banks.title': 'Your bank?', 'consent.go': 'Yes' });
  for (const nothing of [undefined, null, {}, { ha: theirs }, { en: null }, { en: { 'banks.title': 7 } }]) {
    expect(inTheHostsWords(ours, 'en', nothing)).toEqual(ours);
  }
  // The window's own reader refuses the same names.
  const list = /const OURS[^=]*=\s*\[([^\]]*)\]/.exec(await readFile('crates/options/src/sentences.rs', 'utf8'))![1]!;
  const starts = [...list.matchAll(/"([^"]+)"/g)].map(([, start]) => start!);
  expect(starts.length).toBeGreaterThan(7);
  for (const start of starts) {
    const name = start.endsWith('.') ? `${start}any` : start;
    expect(inTheHostsWords({ [name]: 'ours' }, 'en', { en: { [name]: 'theirs' } }), name).toEqual({ [name]: 'ours' });
  }
});

test('the window opens as it is themed, and speaks in the words it was given', async ({ page, world }) => {
  await openWith(page, world, {
    mode: 'dark',
    color: '#e2231a',
    appearance: { variables: { fontSizeBase: '18px', borderRadius: '3px', colorDanger: '#ff0000' } },
    sentences: { en: { 'consent.go': 'Go on, then' } },
  });
  const go = button(page, 'Go on, then');
  await expect(go).toHaveCSS('background-color', 'rgb(226, 35, 26)');
  await expect(go).toHaveCSS('border-radius', '3px');
  await expect(go).toHaveCSS('font-size', '18px');
  await expect(dialog(page)).toHaveCSS('background-color', 'rgb(21, 29, 39)');
});

test('a look that cannot be used keeps nobody out, and in the sandbox its makers are told', async ({ page, world }) => {
  const said: string[] = [];
  page.on('console', (message) => void said.push(message.text()));
  await openWith(page, world, { appearance: { variables: { colorPrimry: '#000', fontSizeBase: '2px' } } });
  await expect(button(page, 'Continue')).toHaveCSS('font-size', '15px');
  await expect.poll(() => said.join()).toContain('appearance.variables.colorPrimry is left out: expected colorPrimary');
  expect(said.join()).toContain('appearance.variables.fontSizeBase is left out: expected a size from 14px to 20px');
});

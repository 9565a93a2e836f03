/** Whatever a host or a bank says is text: in every option, in every name, on every screen. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { collectComplaints, complaints } from './helpers/complaints.ts';
import { openWindow } from './helpers/host-page.ts';
import { agree, button, inside, openWith, signIn } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

/** Markup that would draw something, load something and run something, and says where it came from. */
const evil = (from: string) => `<img src=x onerror=alert('${from}')><egusi-evil onclick=alert(1)>${from}`;

/** What is harmful in an address, for the options that are one. */
const ADDRESSES = ['javascript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'https://x.example/"><script>alert(1)</script>'];
const IS_ADDRESS = /logo|url|webhook|email/;

/** Elements that only markup in a text could have made, in every document and every shadow root. */
async function strangers(page: Page): Promise<string[]> {
  const found = page.frames().map((frame) =>
    frame.evaluate(() => {
      const all = (root: ParentNode): Element[] =>
        [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
      const isStrange = ({ localName, attributes }: Element) =>
        localName === 'egusi-evil' ||
        [...attributes].some(({ name, value }) => name.startsWith('on') || (name === 'src' && value === 'x'));
      const isCode = (one: Element) =>
        (one.localName === 'script' && one.textContent === 'alert(1)') || /^javascript:/i.test((one as HTMLAnchorElement).href ?? '');
      return all(document).filter((one) => isStrange(one) || isCode(one)).map(({ outerHTML }) => outerHTML);
    }),
  );
  return (await Promise.all(found)).flat();
}

/** The names in the first cells of the tables, those of functions apart. */
async function documented(): Promise<string[]> {
  const rows = (await readFile('docs/options.md', 'utf8')).split('\n').filter((line) => line.startsWith('| `'));
  const data = rows.filter((row) => !row.includes('| function |'));
  return [...new Set(data.flatMap((row) => [...row.split(' | ')[0]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!)))];
}

// Seventy windows in one test: what records them for people takes longer than they do.
test.use({ trace: 'off' });

test('markup in any documented option is refused in words or shown as text', async ({ page, world }) => {
  test.setTimeout(240_000);
  const names = await documented();
  // The table was read: there is something of each part of it.
  for (const one of ['key', 'okraKey', 'reauth_bank', 'connectMessage', 'short_url', 'guarantors', 'isMobile']) expect(names).toContain(one);
  expect(names.length).toBeGreaterThan(60);
  const said = await collectComplaints(page);
  await openWith(page, world, {});
  for (const name of names) {
    for (const value of [evil(name), ...(IS_ADDRESS.test(name) ? ADDRESSES : [])]) {
      await page.evaluate(() => document.querySelector('iframe')?.parentElement?.remove());
      const way = name === 'short_url' ? 'buildWithShortUrl' : 'buildWithOptions';
      await openWindow(page, { ...world.options, [name]: value }, way);
      // Either it opens, or it says why not: the customer sees one or the other.
      await expect(inside(page).getByRole('heading', { level: 1 }).filter({ visible: true })).toBeVisible();
      expect(await strangers(page), name).toEqual([]);
    }
  }
  expect((await complaints(page, said)).filter((one) => !/Failed to load resource/.test(one))).toEqual([]);
});

/** A bank and a person of the operator, whose every text is markup. */
const INSTITUTION = {
  id: '00000000000000000000e711',
  name: evil('bank'),
  slug: 'evil-bank',
  country: 'NG',
  color: '#aa0000',
  monogram: '<b',
  also: evil('also'),
  kind: 'bank',
  holders: 'both',
  methods: ['internet', 'mobile'],
};

const PERSON = {
  username: 'evil_user',
  holder: evil('holder'),
  steps: [
    { ask: { kind: 'choice', text: evil('choice'), options: [{ id: 'a', label: evil('label') }, { id: 'b', label: 'B' }] } },
    { ask: { kind: 'question', text: evil('question'), answer: 'yes' } },
    { wait: { kind: 'approval', polls: 3, retry_after_ms: 1000, texts: [evil('waiting')] } },
  ],
  accounts: [
    { name: evil('account'), number: '9999999998', kind: evil('kind'), currency: 'NGN', ledger: '1500.00', available: '1450.00' },
  ],
};

test('markup in the names and sentences of host and bank is shown as it is, from the consent to the end', async ({ page, ownWorld: world }) => {
  const folder = join(world.data, 'sandbox');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'institutions.json'), JSON.stringify([INSTITUTION]));
  await writeFile(join(folder, 'scenarios.json'), JSON.stringify({ scenarios: [PERSON] }));
  await world.killAndRestart();
  const { token, sandbox } = await world.createCompany(evil('company'));
  const said = await collectComplaints(page);
  await openWith(page, world, {
    key: sandbox.public_key,
    token,
    name: undefined,
    logo: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')}`,
    connectMessage: evil('connectMessage'),
    success_title: evil('success_title'),
    success_message: evil('success_message'),
    continue_cta: evil('continue_cta'),
    meta: evil('meta'),
  });
  const shows = async (...from: string[]) => {
    for (const one of from) await expect(inside(page).getByText(evil(one)).filter({ visible: true }).first()).toBeVisible();
    expect(await strangers(page)).toEqual([]);
  };

  await expect(inside(page).getByRole('dialog', { name: evil('company') })).toBeVisible();
  await shows('company');
  await agree(page);
  await inside(page).getByRole('searchbox').fill('evil');
  await shows('bank');
  await inside(page).getByRole('button', { name: evil('bank') }).click();
  await shows('bank');
  await signIn(page, 'evil_user');
  await shows('choice', 'label');
  await inside(page).getByRole('radio', { name: evil('label') }).check();
  await button(page, 'Continue').click();
  await shows('question');
  await inside(page).getByRole('textbox').fill('yes');
  await button(page, 'Continue').click();
  await shows('waiting');
  await expect(inside(page).getByRole('checkbox')).toBeVisible();
  await shows('account', 'connectMessage');
  await inside(page).getByRole('checkbox').check();
  await button(page, 'Connect').click();
  await shows('success_title', 'success_message', 'continue_cta');
  // Not waited for: of a frame that goes with the key, the browser does not always say that the key arrived.
  button(page, evil('continue_cta')).press('Enter').catch(() => {});
  await expect(page.locator('iframe:not([aria-hidden])')).toHaveCount(0);
  expect(await strangers(page)).toEqual([]);
  expect(await complaints(page, said)).toEqual([]);
});

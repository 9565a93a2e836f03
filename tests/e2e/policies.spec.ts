/** Host pages with the strictest policies there are: the window works, and no browser complains. */

import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectConnection } from './helpers/connection.ts';
import { collectComplaints, complaints } from './helpers/complaints.ts';
import { heard, heardNames, openWindow } from './helpers/host-page.ts';
import { serveSite, type Site } from './helpers/site.ts';
import { connected, dialog, finish, inside, share, walkToBank } from './helpers/walk.ts';
import { expect, test, type World } from './helpers/world.ts';

/** No script but one of our server, no frame but ours, no style, no string that becomes code or markup. */
function strictest(server: string): Record<string, string> {
  const policy = [
    `default-src 'none'; script-src ${server}; frame-src ${server}; style-src 'none'; img-src data:`,
    `base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; report-uri /reports`,
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'fullscreen=(), camera=(), microphone=(), geolocation=(), payment=()',
    'referrer-policy': 'no-referrer',
  };
}

/** The shop's page, with the loader as the server gives it out and the hash of what it must be. */
async function shop(world: World, headers: Record<string, string>, change = ''): Promise<Site> {
  const loader = await (await fetch(`${world.egusi.url}/embed/egusi.js`)).text();
  const hash = createHash('sha384').update(loader + change).digest('base64');
  const script = `<script src="${world.egusi.url}/embed/egusi.js" integrity="sha384-${hash}" crossorigin="anonymous"></script>`;
  return serveSite(
    `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,">${script}<h1>Shop</h1>`,
    headers,
  );
}

async function connect(page: Page): Promise<void> {
  await expect(dialog(page)).toBeVisible();
  await walkToBank(page, 'user_good');
  await share(page, /Everyday Current/);
}

test('under the strictest policy, with integrity and COOP, an account is connected and nothing is reported', async ({ page, world }) => {
  const said = await collectComplaints(page);
  const site = await shop(world, strictest(world.egusi.url));
  await page.goto(site.url);
  expect(await openWindow(page, world.options)).toBeNull();
  await connect(page);
  await connected(page);
  // The frame is still there, so its own reports are read as well as the page's.
  expect(page.frames()).toHaveLength(2);
  expect(await complaints(page, said)).toEqual([]);
  await finish(page);
  await expect.poll(() => heardNames(page)).toEqual(['onSuccess', 'onClose']);
  expectConnection((await heard(page)).find(({ name }) => name === 'onSuccess')!.given[0]);
  expect(await complaints(page, said)).toEqual([]);
  // A report that the browser would send is sent by now: it answers this one that it must send.
  await page.evaluate(() => {
    const style = document.createElement('style');
    style.textContent = 'p{}';
    document.head.append(style);
  });
  await expect.poll(() => site.posted).toHaveLength(1);
  expect(site.posted[0]).toContain('style-src');
  site.close();
});

test('the bank\'s own page opens from a page with COOP, and the window goes on by itself', async ({ page, world }) => {
  const site = await shop(world, strictest(world.egusi.url));
  await page.goto(site.url);
  await openWindow(page, world.options);
  await walkToBank(page, 'user_redirect');
  const link = inside(page).getByRole('link', { name: /^Continue to/ });
  const [bank] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await expect(bank.getByRole('heading', { level: 1 })).toContainText('Sterling Bank');
  expect(await bank.evaluate(() => window.opener)).toBeNull();
  await bank.getByRole('button', { name: 'Approve' }).click();
  await share(page, /Current/);
  await connected(page);
  site.close();
});

test('a loader that is not what the page expects does not run', async ({ page, world }) => {
  const said = await collectComplaints(page);
  const site = await shop(world, strictest(world.egusi.url), ' ');
  await page.goto(site.url);
  expect(await page.evaluate(() => typeof window.Okra)).toBe('undefined');
  await expect.poll(() => said.join('\n')).toContain('integrity');
  site.close();
});

test('what is refused would be reported: a page that forgets frame-src shows it', async ({ page, world }) => {
  const said = await collectComplaints(page);
  const headers = strictest(world.egusi.url);
  headers['content-security-policy'] = headers['content-security-policy']!.replace(/frame-src [^;]*; /, '');
  const site = await shop(world, headers);
  await page.goto(site.url);
  await openWindow(page, world.options);
  await expect.poll(() => site.posted.join('\n')).toContain('frame-src');
  await expect.poll(() => said.join('\n')).toContain('frame-src');
  expect(await page.evaluate(() => window.refused.join('\n'))).toContain('frame-src');
  site.close();
});

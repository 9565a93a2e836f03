/** What a customer types goes to the bank and stays nowhere. */

import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { answerCode, finish, inside, openWith, PASSWORD, share, signIn, walkToBank } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

const WRONG_PASSWORD = 'canary-password-5b1f';
const WRONG_CODE = '970461';

/** The ways in which a text hides in a file. */
function disguises(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  return [
    bytes,
    Buffer.from(text, 'utf16le'),
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('base64').replace(/.?=*$/, '')),
    Buffer.from([...bytes].join(',')),
  ];
}

test('passwords and codes are in no file and in no line of the log', async ({ page, ownWorld: world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_otp', WRONG_PASSWORD);
  await expect(inside(page).getByRole('alert')).toBeVisible();
  await signIn(page, 'user_otp');
  await answerCode(page, WRONG_CODE);
  await expect(inside(page).getByRole('alert')).toBeVisible();
  await answerCode(page);
  await share(page, /Everyday Current/);
  await finish(page);
  await page.locator('iframe').waitFor({ state: 'detached' });

  const places: [string, Buffer][] = [['the log', Buffer.from(world.egusi.output() + world.shop.output())]];
  for (const entry of await readdir(world.data, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) places.push([entry.name, await readFile(path)]);
  }
  // The database is among them, or the search would prove nothing.
  expect(places.some(([, bytes]) => bytes.includes('SQLite format 3'))).toBe(true);
  for (const secret of [WRONG_PASSWORD, WRONG_CODE, PASSWORD]) {
    const found = places.filter(([, bytes]) => disguises(secret).some((disguise) => bytes.includes(disguise)));
    expect(found.map(([place]) => `${secret} in ${place}`)).toEqual([]);
  }
});

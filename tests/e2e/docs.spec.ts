/** The reader of the API's description, in a browser that enforces its policy. */

import { expect, test } from './helpers/world.ts';

test('every door is described, and nothing is fetched from elsewhere', async ({ page, world }) => {
  const complaints: string[] = [];
  const origins = new Set<string>();
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  page.on('pageerror', (error) => void complaints.push(error.message));
  page.on('request', (request) => void origins.add(new URL(request.url()).origin));

  await page.goto(`${world.egusi.url}/docs`);
  const balances = page.locator('.opblock', { hasText: 'Lists balances' });
  await balances.click();
  await expect(balances.getByText('A page, newest first.')).toBeVisible();
  await expect(page.getByText('The paths of the Okra API are described under')).toBeVisible();
  const answer = await page.request.get(`${world.egusi.url}/openapi.json`);
  const paths: Record<string, object> = (await answer.json()).paths;
  const doors = Object.values(paths).flatMap((item) => Object.keys(item));
  // The reader draws only what is in view: the whole page is read through once.
  const seen = new Set<string>();
  const readOn = async () => {
    for (const id of await page.locator('.opblock').evaluateAll((blocks) => blocks.map(({ id }) => id))) seen.add(id);
    await page.evaluate(() => {
      const isEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
      scrollTo(0, isEnd ? 0 : scrollY + innerHeight / 2);
    });
    return seen.size;
  };
  await expect.poll(readOn, { intervals: [50], timeout: 30_000 }).toBe(doors.length);
  await expect(page.getByRole('button', { name: 'Try it out' })).toHaveCount(0);

  expect(complaints).toEqual([]);
  expect([...origins]).toEqual([world.egusi.url]);
});

test('a secret key typed into a page of ours is refused like one in any other', async ({ page, world }) => {
  await page.goto(`${world.egusi.url}/docs`);
  const refusal = await page.evaluate(async (key) => {
    const answer = await fetch('/v3/balances', { headers: { authorization: `Bearer ${key}` } });
    return { status: answer.status, body: await answer.json() };
  }, world.company.sandbox.secret_key);
  expect(refusal).toMatchObject({ status: 403, body: { code: 'forbidden' } });
});

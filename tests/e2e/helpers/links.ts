/** Configurations that a company saved on the server. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './processes.ts';
import { SERVER, type World } from './world.ts';

/** Saves a configuration on the server; gives its short name. */
export async function savedLink(world: World): Promise<string> {
  const { name, products, showBalance } = world.options;
  const file = join(world.data, 'saved-options.json');
  await writeFile(file, JSON.stringify({ name, products, showBalance }));
  const whose = [world.company.token, '--env', 'sandbox', '--data', world.data];
  const made = await run(SERVER, ['app', 'create', ...whose, '--name', 'Checkout', '--options', file, '--json']);
  return JSON.parse(made).short;
}

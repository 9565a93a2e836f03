/** The real server with a company of its own, and the shop of that company on another origin. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { run, start, type Running } from './processes.ts';

/** The binary. */
export const SERVER = process.env.EGUSI_SERVER_BIN ?? 'target/debug/egusi-server';

interface Keys {
  public_key: string;
  secret_key: string;
}

/** What `company create --json` prints. */
export interface Company {
  token: string;
  sandbox: Keys;
  production: Keys;
}

export class World {
  private constructor(
    readonly data: string,
    readonly company: Company,
    public egusi: Running,
    readonly shop: Running,
  ) {}

  static async start(): Promise<World> {
    const data = await mkdtemp(join(tmpdir(), 'egusi-e2e-'));
    try {
      return await World.startOn(data);
    } catch (failed) {
      await rm(data, { recursive: true, force: true });
      throw failed;
    }
  }

  /** What a page of this company passes, the callbacks apart. */
  get options() {
    const { token, sandbox } = this.company;
    return {
      name: 'Moringa Market',
      key: sandbox.public_key,
      token,
      env: 'production-sandbox',
      products: ['auth', 'balance'],
      showBalance: true,
    };
  }

  /** Another company on the same server. */
  createCompany(name: string): Promise<Company> {
    return World.create(this.data, name);
  }

  /** Ends the server without a word of warning and starts it again on the same data, at the same address. */
  async killAndRestart(): Promise<void> {
    const { host } = new URL(this.egusi.url);
    await this.egusi.stop('SIGKILL');
    this.egusi = await World.serve(this.data, host);
  }

  async end(): Promise<void> {
    await Promise.all([this.shop.stop(), this.egusi.stop()]);
    await rm(this.data, { recursive: true, force: true });
  }

  private static async startOn(data: string): Promise<World> {
    const egusi = await World.serve(data);
    const company = await World.create(data, 'Moringa Market');
    const file = join(data, 'company-for-the-shop.json');
    await writeFile(file, JSON.stringify(company), { mode: 0o600 });
    const shop = await start(process.execPath, ['www/demo/server.mjs'], {
      PORT: '0',
      EGUSI_URL: egusi.url,
      EGUSI_COMPANY: file,
    });
    return new World(data, company, egusi, shop);
  }

  private static serve(data: string, address = '127.0.0.1:0'): Promise<Running> {
    // The tests' receivers of webhooks listen on this machine, which a server refuses unless told.
    // A bank that never answers is given up sooner, but late enough for the window to say why it takes long.
    const limits = ['--webhook-networks', '127.0.0.1', '--bank-timeout-s', '14'];
    return start(SERVER, ['serve', '--data', data, '--listen', address, ...limits]);
  }

  private static async create(data: string, name: string): Promise<Company> {
    return JSON.parse(await run(SERVER, ['company', 'create', name, '--data', data, '--json']));
  }
}

/** `world` is shared by the tests of a worker; `ownWorld` belongs to one test, which may break it. */
export const test = base.extend<{ ownWorld: World }, { world: World }>({
  world: [
    async ({}, use) => {
      const world = await World.start();
      await use(world);
      await world.end();
    },
    { scope: 'worker' },
  ],
  ownWorld: async ({}, use) => {
    const world = await World.start();
    await use(world);
    await world.end();
  },
});

export { expect } from '@playwright/test';

/** Programs that the tests start, and end. */

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

export interface Running {
  /** The address it printed when it was ready. */
  url: string;
  /** Everything it printed so far, both streams. */
  output(): string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const running = new Set<ChildProcess>();

// A test run that dies takes its children along.
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Starts a program and waits for the line with its address. */
export async function start(command: string, args: string[], env: Record<string, string> = {}): Promise<Running> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const exited = once(child, 'exit').finally(() => running.delete(child));
  let text = '';
  const url = new Promise<string>((ready) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const line = /^.*\bhttp:\/\/[\d.]+:\d+.*\n/m.exec(text);
        if (line) ready(/http:\/\/[\d.]+:\d+/.exec(line[0])![0]);
      });
    }
  });
  const failed = exited.then(([code]) => {
    throw new Error(`${command} ended with ${code} before it was ready:\n${text}`);
  });
  failed.catch(() => {});
  return {
    url: await Promise.race([url, failed]),
    output: () => text,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await exited;
    },
  };
}

/** Runs a program to its end and gives what it printed. */
export async function run(command: string, args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args);
  return stdout;
}

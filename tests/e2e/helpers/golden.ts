/** Files that say what was there when somebody last looked; EGUSI_UPDATE_GOLDEN=1 writes them anew. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';

const FOLDER = new URL('../golden/', import.meta.url);

export function expectGolden(file: string, text: string): void {
  const path = fileURLToPath(new URL(file, FOLDER));
  if (process.env.EGUSI_UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${text}\n`);
    return;
  }
  let written = '(there is no such file; EGUSI_UPDATE_GOLDEN=1 writes it)';
  try {
    written = readFileSync(path, 'utf8').trimEnd();
  } catch {
    // Said below.
  }
  expect.soft(text, `tests/e2e/golden/${file}`).toBe(written);
}

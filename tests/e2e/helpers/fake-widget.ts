/**
 * The window's own page as it is built, with a WebAssembly made of ten lines: what lies between host and
 * widget can be seen here without either.
 */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { build, type BuildOptions } from 'esbuild';
import type { BrowserContext, Frame, Page, Route } from '@playwright/test';
import { WIDGET, unlessGone } from './fake-web.ts';

declare global {
  interface Window {
    /** What `buildWithOptions` of the WebAssembly was given. */
    built: Record<string, any>;
    /** What its closer was called with. */
    closings: unknown[][];
    /** Called before the WebAssembly builds, where a test has set it. */
    building?(): void;
    /** Set on a page that is about to be reloaded. */
    isOld?: true;
  }
}

const FAKE_WASM = `
  export default async ({ module_or_path }) => {
    await module_or_path;
  };
  export const buildWithOptions = (options) => {
    window.building?.();
    window.closings = [];
    window.built = options;
    return (...given) => void window.closings.push(given);
  };
`;

/** Bundles and shrinks one file of the page, as the build does. */
async function bundled(file: string, more: BuildOptions): Promise<string> {
  const result = await build({
    entryPoints: [`www/widget/${file}`],
    bundle: true,
    minify: true,
    target: 'es2020',
    charset: 'utf8',
    write: false,
    ...more,
  });
  return result.outputFiles![0]!.text.trim();
}

let built: Promise<{ html: string; policy: string; files: Record<string, string> }> | undefined;

function pageFiles() {
  return (built ??= (async () => {
    const boot = await bundled('boot.ts', { format: 'iife' });
    const script = await bundled('main.ts', {
      format: 'esm',
      define: { WASM_FILE: '"fake.wasm"', LINT_FILE: '"lint.js"', PLAIN_FILE: '"plain.js"' },
      plugins: [
        {
          name: 'fake-wasm',
          setup(build) {
            build.onResolve({ filter: /^egusi-wasm$/ }, () => ({ path: 'fake', namespace: 'fake' }));
            build.onLoad({ filter: /.*/, namespace: 'fake' }, () => ({ contents: FAKE_WASM }));
          },
        },
      ],
    });
    const lint = await bundled('lint.ts', { format: 'esm' });
    const plain = await bundled('plain.ts', { format: 'esm' });
    const styles = (await Promise.all(['widget.css', 'page.css'].map((file) => bundled(file, {})))).join('');
    const sentences = JSON.parse(await readFile('www/text/widget/en.json', 'utf8'));
    const text = JSON.stringify({ language: 'en', sentences, languages: [['en', 'English', 'text-en.json']] });
    const template = await readFile('www/widget/index.html', 'utf8');
    const html = template
      .replace('{{boot}}', () => boot)
      .replace('{{styles}}', () => styles)
      .replace('{{text}}', () => text.replaceAll('<', '\\u003c'))
      .replace('{{wasm}}', 'fake.wasm')
      .replaceAll('{{script}}', 'main.js')
      .replaceAll('{{script-integrity}}', '')
      .replace('{{say language}}', 'en')
      .replace(/{{say ([a-z.]+)}}/g, (_, name) => sentences[name]);
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    // As in xtask/src/page.rs.
    const policy = `default-src 'none'; script-src 'self' ${hash(boot)}; style-src ${hash(styles)}; connect-src 'self'; ` +
      `img-src data: https:; frame-src 'self'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'`;
    return { html, policy, files: { 'main.js': script, 'lint.js': lint, 'plain.js': plain, 'fake.wasm': '' } };
  })());
}

/** Puts the page in the place of the fake web's window. Gives the names of the files it fetched, in order. */
export async function serveFakeWidget(context: BrowserContext): Promise<string[]> {
  const { html, policy, files } = await pageFiles();
  const fetched: string[] = [];
  // As the server: at the root with any query, and at every short name.
  const page = (route: Route) =>
    route.fulfill({ contentType: 'text/html', body: html, headers: { 'content-security-policy': policy } });
  await context.route(new RegExp(`^${WIDGET}/([\\w-]{3,40})?(\\?|#|$)`), page);
  await context.route(`${WIDGET}/assets/*`, (route) => {
    const name = new URL(route.request().url()).pathname.split('/').pop()!;
    fetched.push(name);
    return route.fulfill({ contentType: 'text/javascript', body: files[name as keyof typeof files] });
  });
  return fetched;
}

/** What the WebAssembly was given, once it was. */
export async function builtWith(frame: Frame | Page): Promise<Record<string, any>> {
  await frame.waitForFunction(() => window.built);
  return frame.evaluate(() => JSON.parse(JSON.stringify(window.built)));
}

/** Reloads the page inside the frame and waits for the next one. */
export async function reloadInside(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    window.isOld = true;
    location.reload();
  });
  await frame.waitForFunction(() => !window.isOld);
}

/** Lets the WebAssembly call one of the page's functions. */
export function tells(frame: Frame | Page, name: string, ...given: unknown[]): Promise<void> {
  return unlessGone(frame, frame.evaluate(({ name, given }) => void window.built[name](...given), { name, given }));
}

/** Everything the page's origin keeps in this tab. */
export function stored(frame: Frame): Promise<Record<string, string>> {
  return frame.evaluate(() => ({ ...sessionStorage, ...localStorage }));
}

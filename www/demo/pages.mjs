/** One checkout page, embedded in the ways there are; each way differs by its scripts alone. */

import { readFileSync } from 'node:fs';

const TEMPLATE = readFileSync(new URL('public/checkout.html', import.meta.url), 'utf8');

/**
 * By address: the library of the page if a plain script brings it, the module that uses it, and
 * whether the library writes a `<style>` element, as okra-js does for its spinner.
 */
export const PAGES = {
  '/': { library: 'EGUSI/embed/egusi.js', start: '/with-egusi.js' },
  '/module.html': { start: '/with-module.js' },
  '/okra-js.html': { library: '/okra-js/bundle.js', start: '/with-okra-js.js', writesStyle: true },
  '/okra-js-2.0.8.html': { library: '/okra-js-2.0.8/bundle.js', start: '/with-okra-js.js', writesStyle: true },
};

export function page(pathname, egusi) {
  const { library, start, writesStyle } = PAGES[pathname];
  const scripts = [
    library && `<script src="${library.replace('EGUSI', egusi)}"></script>`,
    `<script type="module" src="${start}"></script>`,
  ];
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy(egusi, writesStyle),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    body: TEMPLATE.replace('<!-- scripts -->', scripts.filter(Boolean).join('\n    ')),
  };
}

/** As strict as a host page can be: our server may send one script and fill one frame. */
function policy(egusi, writesStyle) {
  return [
    "default-src 'none'",
    `script-src 'self' ${egusi}`,
    `style-src 'self'${writesStyle ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    `frame-src ${egusi}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** A small site on an origin of its own, for host pages that no shop would have. */

import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';

export interface Site {
  /** `127.0.0.1` and `localhost` are two origins of the same site. */
  url: string;
  otherUrl: string;
  /** What was posted to it, as browsers post their reports. */
  posted: string[];
  close(): void;
}

/** Serves one page at every address. */
export async function serveSite(html: string, headers: Record<string, string> = {}): Promise<Site> {
  const posted: string[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') posted.push(await text(request));
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(html);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    otherUrl: `http://localhost:${port}`,
    posted,
    close: () => void server.close(),
  };
}

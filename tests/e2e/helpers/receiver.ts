/** A company's server that is told events: it checks the signature as any user of the scheme would. */

import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** One webhook as it arrived. */
export interface Arrival {
  headers: IncomingHttpHeaders;
  /** The body to the letter, as it was signed. */
  text: string;
  body: any;
}

export interface Receiver {
  url: string;
  arrivals: Arrival[];
  /** The next answers' statuses; 200 once they are used up. */
  answers: number[];
  stop(): Promise<void>;
}

export async function receive(): Promise<Receiver> {
  const arrivals: Arrival[] = [];
  const answers: number[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    arrivals.push({ headers: request.headers, text, body: JSON.parse(text) });
    response.writeHead(answers.shift() ?? 200).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/bank`,
    arrivals,
    answers,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

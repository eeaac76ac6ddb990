import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web of a few hosts, for browsers whose proxy it is: pages stand under the names they would have, over http. */
export interface Web {
  /** Address of the proxy. */
  readonly proxy: string;
  readonly stop: () => Promise<void>;
}

/** Starts the web. @param hosts what answers for each name; a name that is not there is unreachable */
export const startWeb = async (hosts: Readonly<Record<string, RequestListener>>): Promise<Web> => {
  const server = createServer((request, response) => {
    const answer = hosts[request.headers.host ?? ''];
    if (answer === undefined) response.writeHead(502).end();
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** Path of a request, be its target a path or a whole address. */
export const pathOf = (url = '/'): string => new URL(url, 'http://host').pathname;

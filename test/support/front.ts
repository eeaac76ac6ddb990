import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A reverse proxy, as it stands before a collector. */
export interface Front {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts a proxy whose clients all have one address. */
export const startFront = async (collector: string, address: string): Promise<Front> => {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const forwarded = request(
      collector + url,
      { method, headers: { ...headers, 'x-forwarded-for': address } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** Stands between a proxy and the collector, and counts the connections. */
export interface Relay {
  readonly port: number;
  readonly connections: () => number;
  /** Nobody is there any more. */
  readonly cut: () => void;
}

export const startRelay = async (to: number): Promise<Relay> => {
  let connections = 0;
  const open = new Set<{ destroy: () => void }>();
  const server = createServer((incoming) => {
    connections += 1;
    const outgoing = connect(to, '127.0.0.1');
    for (const socket of [incoming, outgoing]) {
      open.add(socket);
      socket.on('error', () => {}).on('close', () => [incoming, outgoing].map((end) => end.destroy()));
    }
    incoming.pipe(outgoing).pipe(incoming);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    cut: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
};

/** A port that nobody listens on. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

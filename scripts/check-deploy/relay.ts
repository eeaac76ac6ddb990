import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a proxy and the collector, and counts the connections. */
export interface Relay {
  /** Where it listens: a port, or the path of a Unix socket. */
  readonly at: number | string;
  readonly connections: () => number;
  /** Nobody is there any more, as while the collector is restarted. */
  readonly cut: () => Promise<void>;
  /** There is somebody again. */
  readonly mend: () => Promise<void>;
}

/**
 * @param to the collector's port, or its Unix socket
 * @param at where to listen; a port of 0 is any
 */
export const startRelay = async (to: number | string, at: number | string): Promise<Relay> => {
  let connections = 0;
  const open = new Set<Socket>();
  const pass = (incoming: Socket): void => {
    connections += 1;
    const outgoing = typeof to === 'string' ? connect(to) : connect(to, '127.0.0.1');
    for (const socket of [incoming, outgoing]) {
      open.add(socket);
      socket
        .on('error', () => {})
        .on('close', () => {
          for (const end of [incoming, outgoing]) end.destroy();
          open.delete(socket);
        });
    }
    incoming.pipe(outgoing).pipe(incoming);
  };
  let server = await listen(at, pass);
  const where = typeof at === 'string' ? at : (server.address() as AddressInfo).port;
  return {
    at: where,
    connections: () => connections,
    async cut() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
    async mend() {
      server = await listen(where, pass);
    },
  };
};

const listen = async (at: number | string, pass: (incoming: Socket) => void): Promise<Server> => {
  const server = createServer(pass);
  await once(typeof at === 'string' ? server.listen(at) : server.listen(at, '127.0.0.1'), 'listening');
  // A proxy that was started by root is somebody else.
  if (typeof at === 'string') chmodSync(at, 0o666);
  return server;
};

/** A port that nobody listens on. */
export const freePort = async (): Promise<number> => {
  const server = await listen(0, () => {});
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

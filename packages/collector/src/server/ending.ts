import type { Server } from 'node:http';
import { Server as Listener } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long those who are connected are waited for, in milliseconds. */
export interface Patience {
  /** For the next request of a connection that has none under way. */
  readonly lingerMs: number;
  /** For everything, the first included. */
  readonly answerMs: number;
}

/** How often connections are closed that have nothing to say any more. */
const SWEEP_MS = 25;

/**
 * Ends a server, and fails no request: nobody new is let in, and whoever is connected is answered. A connection that
 * waits for its next request stays a moment longer: a request may be on its way, and its answer can say that it is the
 * last. To a proxy a closed port is the plainest word: it goes on to the next server, even with a POST.
 */
export const endServer = async (server: Server, { lingerMs, answerMs }: Patience): Promise<void> => {
  const closed = new Promise<void>((resolve) => {
    // Not the HTTP server's own `close`: that cuts the connections that wait, at once.
    Listener.prototype.close.call(server, () => resolve());
  });
  const within = (ms: number): Promise<void> => Promise.race([closed, sleep(ms, undefined, { ref: false })]);
  await within(lingerMs);
  const sweeping = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  await within(answerMs - lingerMs);
  clearInterval(sweeping);
  server.closeAllConnections();
  await closed;
};

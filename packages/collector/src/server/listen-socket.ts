import type { Server } from 'node:net';
import { socketError } from '../config/listen-error.ts';
import { clearSocket, isListenedOn } from '../lib/unix-socket.ts';

/** Whom it is closed to: all but its owner and its group, in which the proxy's user has to be. */
const CLOSED = 0o117;

/**
 * Listens on a Unix socket. One that a process left behind which was killed is replaced. It goes when the server closes.
 * @throws StartError
 */
export const listenOnSocket = async (server: Server, path: string): Promise<void> => {
  try {
    await bind(server, path).catch(async (error: NodeJS.ErrnoException) => {
      // Asked first: one that is used is not moved, not even for a moment.
      if (error.code !== 'EADDRINUSE' || (await isListenedOn(path)) || (await clearSocket(path)) !== 'free')
        throw error;
      await bind(server, path);
    });
  } catch (error) {
    throw socketError(error as NodeJS.ErrnoException, path);
  }
};

const bind = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    // It has its rights from the first moment on: by its name another file could be changed that was put in its place.
    const mask = process.umask(CLOSED);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
    process.umask(mask);
  });

import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { clearSocket, MAX_SOCKET_PATH } from '../lib/unix-socket.ts';
import { EngineError } from './engine-error.ts';

/** A path that this process holds. */
export interface Lock {
  /** False: nothing is held, and nobody kept out. */
  readonly holds: boolean;
  release(): void;
}

const NO_LOCK: Lock = { holds: false, release: () => {} };
/** The longest name of a socket. */
const ASIDE_BYTES = '/collector.sock-xxxxxxxx'.length;
/** Where Linux has the files that this process has open, under short names. */
const OPEN_FILES = '/proc/self/fd';

/**
 * Holds a path by listening on it. The kernel lets go of it when the process ends, however that happens, and processes
 * in other containers of the machine see it too, to which this one's number says nothing.
 * @returns null if another process holds it. Where the file system has no sockets, nothing is held and nobody is kept out.
 */
export const lockSocket = async (path: string): Promise<Lock | null> => {
  const { dir, close } = shortened(dirname(path));
  const short = join(dir, basename(path));
  const lock = Buffer.byteLength(short) > MAX_SOCKET_PATH ? NO_LOCK : await hold(short, close);
  if (!lock?.holds) close();
  return lock;
};

/** A name of the folder under which the path of a socket in it, also of one moved aside, is short enough, if there is one. */
const shortened = (dir: string): { dir: string; close: () => void } => {
  if (Buffer.byteLength(dir) + ASIDE_BYTES <= MAX_SOCKET_PATH || !existsSync(OPEN_FILES))
    return { dir, close: () => {} };
  const file = openSync(dir, 'r');
  return { dir: join(OPEN_FILES, String(file)), close: () => closeSync(file) };
};

const hold = async (path: string, onClosed: () => void): Promise<Lock | null> => {
  try {
    return await listen(path, onClosed);
  } catch (error) {
    if (!isTaken(error)) return NO_LOCK;
  }
  if (!(await clearAway(path))) return null;
  return listen(path, onClosed).catch((error: unknown) => (isTaken(error) ? null : NO_LOCK));
};

const listen = (path: string, onClosed: () => void): Promise<Lock> =>
  new Promise((resolve, reject) => {
    const server = createServer((caller) => caller.destroy()).unref();
    // What comes later is about a caller that cannot be let in, and changes nothing.
    server.on('error', reject).listen(path, () => {
      resolve({ holds: true, release: () => server.close(onClosed) });
    });
  });

const isTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

/** Deletes what is in the socket's place, unless somebody listens on it. */
const clearAway = async (path: string): Promise<boolean> => {
  const cleared = await clearSocket(path);
  if (cleared !== 'other') return cleared === 'free';
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new EngineError('failed', `${path} is a folder, and no socket can be made there: move it away.`);
  rmSync(path, { force: true });
  return true;
};

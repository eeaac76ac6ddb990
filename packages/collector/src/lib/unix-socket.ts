import { lstatSync, renameSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { randomId } from './system.ts';

/** Longest path of a socket on every platform, in bytes (unix(7): 108 with a zero at the end; 104 on macOS). */
export const MAX_SOCKET_PATH = 103;

/** What an attempt to clear a path leads to: `busy`: somebody listens on it; `other`: what is there is no socket. */
export type Cleared = 'free' | 'busy' | 'other';

/**
 * Deletes a socket that nobody listens on. It is first moved aside: of two who find it at the same time one would else
 * delete what the other has just put in its place.
 */
export const clearSocket = async (path: string): Promise<Cleared> => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 'free';
  if (!found.isSocket()) return 'other';
  const aside = `${path}-${randomId(4)}`;
  try {
    renameSync(path, aside);
  } catch {
    // Whoever was faster has moved it.
    return 'free';
  }
  if (await isListenedOn(aside)) {
    renameSync(aside, path);
    return 'busy';
  }
  rmSync(aside, { force: true });
  return 'free';
};

/** What the system says where nobody listens. Whoever has too many callers waiting, or lets others call, is there. */
const NOBODY = new Set(['ECONNREFUSED', 'ENOENT']);

/** Whether a process listens on a socket. */
export const isListenedOn = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const caller = connect(path, () => {
      caller.destroy();
      resolve(true);
    });
    caller.once('error', ({ code = '' }: NodeJS.ErrnoException) => resolve(!NOBODY.has(code)));
  });

import { accessSync, constants, lstatSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { MAX_SOCKET_PATH } from '../lib/unix-socket.ts';
import { EngineError } from './engine-error.ts';

const PREFIX = 'passerby-engine-';
/** In memory where the system has a file system there; the last one is short everywhere. */
const SHARED_PLACES = ['/dev/shm', tmpdir(), '/tmp'];
/** What is added to a place: a slash, the folder with its six random characters, a slash, the longest name in it. */
const LONGEST = PREFIX.length + '/XXXXXX/engine.sock'.length;
/** What the engine needs at its start, in bytes and files. */
const MIN_BYTES = 1024 * 1024;
const MIN_FILES = 16;

/**
 * Makes a folder that only this user can enter, in memory if possible, whose path is short enough for a socket in it.
 * All users of the machine share these places: one that they have filled is the last choice, after `ownPlace`.
 * @param ownPlace where nobody else can write
 * @throws EngineError `unsupported` if there is no place for one
 */
export const makeScratchDir = (ownPlace: string, shared: readonly string[] = SHARED_PLACES): string => {
  const places = [...shared, ownPlace];
  const possible = places.filter((dir) => Buffer.byteLength(dir) + LONGEST <= MAX_SOCKET_PATH && isWritable(dir));
  const place = possible.find(hasRoom) ?? possible[0];
  if (place === undefined)
    throw new EngineError(
      'unsupported',
      `The embedded engine needs a folder for its socket that can be written to and has a short path: set TMPDIR to one (none of ${places.join(', ')} is).`,
    );
  return mkdtempSync(join(place, PREFIX));
};

/** Deletes a folder of {@link makeScratchDir}, and no other: not one that somebody else has put in its place either. */
export const removeScratchDir = (dir: string): void => {
  if (basename(dir).startsWith(PREFIX) && isOwnFolder(dir)) rmSync(dir, { recursive: true, force: true });
};

/** Whether the path is a folder of this user that nobody else can enter, and so nobody else can change. */
export const isOwnFolder = (path: string): boolean => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return !!found?.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
};

const isWritable = (dir: string): boolean => {
  try {
    accessSync(dir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

const hasRoom = (dir: string): boolean => {
  const { bavail, bsize, files, ffree } = statfsSync(dir);
  // File systems without a number of files say 0 of both.
  return bavail * bsize >= MIN_BYTES && (files === 0 || ffree >= MIN_FILES);
};

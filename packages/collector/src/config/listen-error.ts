import { lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FailureKind } from '../lib/expected-error.ts';
import { StartError } from './start-error.ts';

/** Where somebody wanted to listen, and what the two are called where they are set. */
export interface ListenPlace {
  readonly port: number;
  readonly host: string;
  readonly names: { readonly port: string; readonly host: string };
}

/** Why nobody can listen on a Unix socket, and what to do. */
export const socketError = (error: NodeJS.ErrnoException, path: string): StartError => {
  const { code = error.message } = error;
  const because = (problem: string, kind: FailureKind = 'failed'): StartError =>
    new StartError(`${problem}, or choose another LISTEN_SOCKET.`, { kind, code, field: 'LISTEN_SOCKET' });
  if (code === 'EADDRINUSE')
    return lstatSync(path, { throwIfNoEntry: false })?.isSocket()
      ? because(`Another process listens on ${path}: stop it`)
      : because(`${path} is there and is no socket: move it away`);
  // Node says EACCES of it, too.
  if (!isFolder(dirname(path))) return because(`Cannot listen on ${path}: its folder is not there. Make it`);
  if (code === 'EACCES' || code === 'EPERM')
    return because(`Cannot listen on ${path}: this user may make no file there. Let it`, 'forbidden');
  return because(`Cannot listen on ${path} (${code}): mend that`);
};

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Why nobody can listen there, and what to do. */
export const listenError = (error: NodeJS.ErrnoException, { port, host, names }: ListenPlace): StartError => {
  if (error.code === 'EADDRINUSE')
    return new StartError(`Port ${port} is taken: stop what uses it, or choose another with ${names.port}.`, {
      code: error.code,
      field: names.port,
    });
  if (error.code === 'EACCES')
    return new StartError(`Port ${port} may not be used by this user: choose one above 1023 with ${names.port}.`, {
      kind: 'forbidden',
      code: error.code,
      field: names.port,
    });
  return new StartError(
    `Cannot listen on ${host}:${port} (${error.code ?? error.message}): see ${names.host} and ${names.port}.`,
  );
};

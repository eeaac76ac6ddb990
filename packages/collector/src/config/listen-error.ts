import { lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from './start-error.ts';

/** Where somebody wanted to listen, and what the two are called where they are set. */
export interface ListenPlace {
  readonly port: number;
  readonly host: string;
  readonly names: { readonly port: string; readonly host: string };
}

/** Why nobody can listen on a Unix socket, and what to do. */
export const socketError = ({ code, message }: NodeJS.ErrnoException, path: string): StartError => {
  if (code === 'EADDRINUSE')
    return new StartError(
      lstatSync(path, { throwIfNoEntry: false })?.isSocket()
        ? `Another process listens on ${path}: stop it, or choose another LISTEN_SOCKET.`
        : `${path} is there and is no socket: move it away, or choose another LISTEN_SOCKET.`,
    );
  // Node says EACCES of it, too.
  if (!isFolder(dirname(path)))
    return new StartError(
      `Cannot listen on ${path}: its folder is not there. Make it, or choose another LISTEN_SOCKET.`,
    );
  return new StartError(`Cannot listen on ${path} (${code ?? message}): see LISTEN_SOCKET.`);
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

import { StartError } from './start-error.ts';

/** Where somebody wanted to listen, and what the two are called where they are set. */
export interface ListenPlace {
  readonly port: number;
  readonly host: string;
  readonly names: { readonly port: string; readonly host: string };
}

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

import { resolve } from 'node:path';
import { StartError } from '../../config/start-error.ts';
import { type ControlFile, readControlFile } from './control-file.ts';

/** The collector that runs on a data folder, as commands on its machine see it. */
export interface Operator {
  /**
   * Asks its API.
   * @param named what a field of the request is called on the command line
   * @throws StartError with what the collector says against it
   */
  ask<T>(method: 'GET' | 'POST', path: string, body?: unknown, named?: Readonly<Record<string, string>>): Promise<T>;
  /** Asks for something long. @throws StartError */
  stream(method: 'POST', path: string): Promise<ReadableStream<Uint8Array>>;
}

/**
 * Finds the collector by the note that it left.
 * @throws StartError if none runs there; also later, if it has ended
 */
export const operatorOf = (dataDir: string): Operator => {
  const absent = new StartError(
    `No collector is running on ${resolve(dataDir)}: start it, or name its folder with DATA_DIR.`,
  );
  const note = readControlFile(dataDir);
  if (note === null) throw absent;

  const request = async (
    method: string,
    path: string,
    body: unknown,
    named: Readonly<Record<string, string>>,
  ): Promise<Response> => {
    const response = await send(note, method, path, body).catch(() => {
      throw absent;
    });
    // Another collector's: whoever left the note was killed.
    if (response.status === 401) throw absent;
    if (!response.ok) throw await refusal(response, named);
    return response;
  };
  return {
    ask: async <T>(method: string, path: string, body?: unknown, named: Readonly<Record<string, string>> = {}) =>
      (await (await request(method, path, body, named)).json()) as T,
    async stream(method, path) {
      const { body } = await request(method, path, undefined, {});
      if (body === null) throw absent;
      return body;
    },
  };
};

const send = ({ url, token }: ControlFile, method: string, path: string, body: unknown): Promise<Response> =>
  fetch(url + path, {
    method,
    redirect: 'error',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** `metrics[0]` is told as the argument `--metrics`. */
const refusal = async (response: Response, named: Readonly<Record<string, string>>): Promise<StartError> => {
  const said = (await response.json().catch(() => null)) as { error?: { field?: string; message?: string } } | null;
  const { field = '', message = `the collector answered ${response.status}` } = said?.error ?? {};
  const name = named[/^\w*/.exec(field)?.[0] ?? ''] ?? field;
  return new StartError(`${name === '' || name === 'request' ? '' : `${name}: `}${message}.`);
};

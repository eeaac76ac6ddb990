import { request } from 'node:http';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import packageJson from '../../../package.json' with { type: 'json' };
import { whatIs } from '../../config/data-dir.ts';
import { StartError } from '../../config/start-error.ts';
import { holderOf } from '../../engine/data-dir-lock.ts';
import { type ControlFile, readControlFile } from './control-file.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The collector that runs on a data folder, as commands on its machine see it. */
export interface Operator {
  /** Where it is reached on this machine. */
  readonly url: string;
  /** Of the Passerby that runs; undefined: an earlier one. */
  readonly version: string | undefined;
  /**
   * Asks its API.
   * @param named what a field of the request is called on the command line
   * @throws StartError with what the collector says against it
   */
  ask<T>(method: Method, path: string, body?: unknown, named?: Readonly<Record<string, string>>): Promise<T>;
  /** Asks for something long. @throws StartError */
  stream(method: 'POST', path: string): Promise<ReadableStream<Uint8Array>>;
}

/**
 * Finds the collector by the note that it left.
 * @throws StartError if none runs there; also later, if it has ended
 */
export const operatorOf = (dataDir: string): Operator => {
  const note = readControlFile(dataDir);
  if (note === null) throw absentFrom(dataDir, beginning(dataDir) ?? whatIs(dataDir));
  const absent = absentFrom(dataDir, 'one that was killed left its note there');

  const answerTo = async (
    method: Method,
    path: string,
    body: unknown,
    named: Readonly<Record<string, string>>,
  ): Promise<Response> => {
    const response = await send(note, method, path, body).catch(() => {
      throw absent;
    });
    // Another collector's: whoever left the note was killed.
    if (response.status === 401) throw absent;
    if (!response.ok) throw await refusal(response, named, note);
    return response;
  };
  return {
    url: note.url,
    version: note.version,
    ask: async <T>(method: Method, path: string, body?: unknown, named: Readonly<Record<string, string>> = {}) =>
      (await answerOf(await answerTo(method, path, body, named))) as T,
    async stream(method, path) {
      const { body } = await answerTo(method, path, undefined, {});
      if (body === null) throw absent;
      return body;
    },
  };
};

const beginning = (dataDir: string): string | null => {
  const holder = holderOf(dataDir);
  return holder === null ? null : `process ${holder} has it, and answers nobody yet, or no more`;
};

/** @param why in brackets; empty: nothing is known */
const absentFrom = (dataDir: string, why: string): StartError =>
  new StartError(
    `No collector is running on ${resolve(dataDir)}${why && ` (${why})`}: start it, or name its folder with DATA_DIR.`,
    { kind: 'no_collector' },
  );

const answerOf = async (response: Response): Promise<unknown> =>
  response.status === 204 ? undefined : response.json();

/** By Node's own client: `fetch` finds no Unix socket. */
const send = ({ url, socket, token }: ControlFile, method: Method, path: string, body: unknown): Promise<Response> =>
  new Promise((resolve, reject) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      // Node says no length of its own for DELETE.
      'content-length': Buffer.byteLength(text),
    };
    // By `URL`, which writes letters as addresses have them.
    const sent = request(new URL(url + path), { method, headers, agent: false, ...(socket && { socketPath: socket }) });
    sent.once('error', reject).once('response', (answer) => {
      const { statusCode: status = 0 } = answer;
      const body = status === 204 ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
      resolve(new Response(body, { status }));
    });
    sent.end(text);
  });

/** `metrics[0]` is told as the argument `--metrics`. */
const refusal = async (
  response: Response,
  named: Readonly<Record<string, string>>,
  { version = packageJson.version }: ControlFile,
): Promise<StartError> => {
  const said = (await response.json().catch(() => null)) as { error?: Partial<Refusal> } | null;
  const { field = '', code, message = `the collector answered ${response.status}` } = said?.error ?? {};
  const written = named[field] ?? named[/^\w*/.exec(field)?.[0] ?? ''] ?? field;
  const isWhole = written === '' || written === 'request';
  // What one version knows another may not.
  const others =
    version === packageJson.version ? '' : ` (Passerby ${version} runs there, and this is ${packageJson.version})`;
  const sentence = isWhole ? message.charAt(0).toUpperCase() + message.slice(1) : `${written}: ${message}`;
  return new StartError(`${sentence}${others}.`, {
    kind: response.status === 400 ? 'usage' : 'failed',
    ...(code !== undefined && { code }),
    ...(!isWhole && { field: written }),
  });
};

/** What an answer says that refuses something. */
interface Refusal {
  readonly code: string;
  readonly field: string;
  readonly message: string;
}

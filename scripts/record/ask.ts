import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { printOf, type Recording } from './recording.ts';

/** A request, and who makes it. */
export interface Asked {
  readonly method?: string;
  readonly path: string;
  /** Name of who asks, as it is recorded. */
  readonly by?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is; anything else as JSON. */
  readonly body?: unknown;
  /** Client's address, as a proxy tells it. Missing: another one each time, so that nobody is one who asks too often. */
  readonly from?: string;
}

/** An answer, to go on with. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Asks, and records the answer in a file. null: without recording it. */
export type Ask = (file: string | null, asked: Asked) => Promise<Answer>;

/** Bodies that are longer, and are no JSON, are recorded by their hash. */
const MOST_TEXT = 20_000;

export const createAsk = (url: string, recording: Recording): Ask => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let clients = 0;
  return async (file, asked) => {
    const client = asked.from ?? `86.150.${clients >> 8}.${clients++ % 256}`;
    const { answer, lines } = await send(agent, url, { ...asked, from: client });
    const { method = 'GET', path, by } = asked;
    const given = asked.body === undefined ? '' : ` ${shortened(textOf(asked.body))}`;
    if (file !== null)
      recording.add(file, [`### ${method} ${path}${by ? ` by ${by}` : ''}${given}`, ...lines, ''].join('\n'));
    return answer;
  };
};

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));
const shortened = (text: string): string => (text.length > 500 ? `${text.slice(0, 100)}… (${text.length})` : text);

const send = (agent: Agent, url: string, asked: Asked): Promise<{ answer: Answer; lines: string[] }> =>
  new Promise((resolve, reject) => {
    const body = asked.body === undefined ? undefined : textOf(asked.body);
    const headers = {
      ...(asked.body !== undefined && { 'content-length': String(Buffer.byteLength(body ?? '')) }),
      ...(asked.body !== undefined && typeof asked.body !== 'string' && { 'content-type': 'application/json' }),
      ...(asked.from && { 'x-forwarded-for': asked.from }),
      ...asked.headers,
    };
    const sending = request(url + asked.path, { method: asked.method ?? 'GET', agent, headers }, (response) => {
      const { statusCode: status = 0, headers, rawHeaders } = response;
      const chunks: Buffer[] = [];
      const end = (): void => {
        const answer = { status, headers, body: Buffer.concat(chunks) };
        resolve({ answer, lines: [String(status), ...headerLines(rawHeaders), '', bodyOf(answer)] });
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        // Of what goes on until somebody leaves, the first thing that is told.
        if (/^data: .*\n\n/ms.test(chunk.toString()) && headers['content-type'] === 'text/event-stream') {
          end();
          response.destroy();
        }
      });
      response.once('end', end);
      response.once('error', reject);
    });
    sending.once('error', reject);
    sending.end(body);
  });

/** Names mean the same in any case and order. The date is Node's own, of the real clock. */
const headerLines = (raw: readonly string[]): string[] =>
  raw
    .flatMap((name, at) => (at % 2 === 0 ? [`${name.toLowerCase()}: ${raw[at + 1]}`] : []))
    .map((line) => (line.startsWith('date: ') ? 'date: <date>' : line))
    .sort();

const bodyOf = ({ headers, body }: Answer): string => {
  const type = headers['content-type'] ?? '';
  if (/json/.test(type) && body.length > 0 && !headers['content-encoding']) return indented(body.toString());
  if (/^text\//.test(type) && !headers['content-encoding'] && body.length < MOST_TEXT) return body.toString();
  // A backup is packed by the engine, anew each time.
  if (/octet-stream|tar/.test(type)) return '<bytes>';
  return body.length === 0 ? '' : printOf(body);
};

/** Each value on a line of its own, in the order in which it came. */
const indented = (json: string): string => JSON.stringify(JSON.parse(json), null, 1);

/** The lines of a text, without the empty ones around them. */
export const linesOf = (text: string): string[] => text.trim().split('\n');

/**
 * Reads a request.
 * @example requestOf('POST /in {"s":"example.com"} | dnt: 1')
 */
export const requestOf = (line: string): Asked => {
  const [request = '', ...headers] = line.split(' | ');
  const [, method = '', path = '', body] = /^(\S+) (\S+)(?: (.+))?$/.exec(request) ?? [];
  return {
    method,
    path,
    ...(body !== undefined && { body }),
    headers: Object.fromEntries(headers.map((header) => header.split(': ') as [string, string])),
  };
};

import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { BusyError } from './lanes.ts';
import { type EngineRequest, parseRequest, RequestError } from './request.ts';

/** What stands behind the door. */
export interface Rooms {
  /** Answers a request, in its format. */
  answer(request: EngineRequest): Promise<Uint8Array>;
  /** Resolves if the engine is well. */
  check(): Promise<void>;
}

/** Who may come in. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Longest body, in bytes; ten thousand rows take about 6 MB. */
const MAX_BODY = 64 * 1024 * 1024;
/** Parameters are part of the URL: room for the values of long filters, as much as a ClickHouse server gives. */
const MAX_HEADERS = 1024 * 1024;
/** Longer than the client keeps an idle connection, so that it never writes into one that is being closed. */
const KEEP_ALIVE_MS = 30_000;

/** The part of ClickHouse's HTTP interface that `@clickhouse/client` uses. */
export const createDoor = (rooms: Rooms, credentials: Credentials): Server => {
  const admitted = guard(credentials);

  const answer = async (request: IncomingMessage): Promise<Uint8Array> => {
    if (request.url === '/ping') {
      await rooms.check();
      return Buffer.from('Ok.\n');
    }
    if (!admitted(request)) throw new AuthenticationError();
    return rooms.answer(parseRequest(request, await readBody(request)));
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const bytes = await answer(request);
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    } catch (error) {
      refuse(response, error);
    }
  };

  return createServer({ maxHeaderSize: MAX_HEADERS, keepAliveTimeout: KEEP_ALIVE_MS }, handle);
};

class AuthenticationError extends Error {}

const guard = ({ username, password }: Credentials): ((request: IncomingMessage) => boolean) => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = digest(`Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`);
  return (request) => timingSafeEqual(digest(request.headers.authorization ?? ''), expected);
};

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new RequestError('The body is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
};

/** Answers an error as a ClickHouse server does: a status, its code in a header, and one line. */
const refuse = (response: ServerResponse, error: unknown): void => {
  const [status, code, message] = exceptionOf(error);
  response.writeHead(status, { 'x-clickhouse-exception-code': String(code) }).end(`${message}\n`);
};

const exceptionOf = (error: unknown): [status: number, code: number, message: string] => {
  if (error instanceof AuthenticationError)
    return exception(401, 516, 'AUTHENTICATION_FAILED', 'Authentication failed');
  if (error instanceof BusyError) return exception(503, 202, 'TOO_MANY_SIMULTANEOUS_QUERIES', 'Too many queries');
  if (error instanceof RequestError) return exception(400, 62, 'SYNTAX_ERROR', error.message);
  const message = error instanceof Error ? error.message : String(error);
  const code = /^Code: (\d+)\. /.exec(message)?.[1];
  return code === undefined ? exception(500, 1001, 'STD_EXCEPTION', message) : [500, Number(code), message];
};

const exception = (status: number, code: number, type: string, text: string): [number, number, string] => [
  status,
  code,
  `Code: ${code}. DB::Exception: ${text}. (${type})`,
];

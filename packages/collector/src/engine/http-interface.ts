import { createHash, timingSafeEqual } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { isDiskFull } from '../lib/disk-full.ts';
import { elapsed } from '../lib/system.ts';
import { CALLER_LIMITS, type CallerLimits, createCallerLimits } from './caller-limits.ts';
import { isSeal, NONCE_HEADER, SEAL_HEADER, seal } from './message-auth.ts';
import { type EngineRequest, parseRequest, RequestError } from './request.ts';
import { PoolFullError } from './session-pool.ts';

/** What answers the requests. */
export interface QueryHandler {
  /**
   * Answers a request, in its format.
   * @param gone nobody waits for the answer any more
   */
  answer(request: EngineRequest, gone: AbortSignal): Promise<Uint8Array>;
  /** Resolves if the engine is well. */
  check(): Promise<void>;
}

/** Who may come in: who knows the password, or the key of `message-auth.ts`, and then answers are sealed with it. */
export type Credentials = PasswordCredentials | { readonly key: string };

interface PasswordCredentials {
  readonly username: string;
  readonly password: string;
}

/** What the answers to a request carry. @throws AuthenticationError and {@link AttemptsError} */
type Guard = (request: IncomingMessage) => OutgoingHttpHeaders;

/** Longest body, in bytes; ten thousand rows take about 6 MB. */
const MAX_BODY = 64 * 1024 * 1024;
/** Parameters are part of the URL: room for the values of long filters, as much as a ClickHouse server gives. */
const MAX_HEADERS = 1024 * 1024;
/** Whom anybody may connect to reads less before it knows who it is, and does not wait for long. */
const ON_A_PORT = {
  maxHeaderSize: 512 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 2_000,
};
/** Longer than the client keeps an idle connection, so that it never writes into one that is being closed. */
const KEEP_ALIVE_MS = 30_000;

/** The part of ClickHouse's HTTP interface that `@clickhouse/client` uses. */
export const createHttpInterface = (handler: QueryHandler, credentials: Credentials, now = elapsed): Server => {
  const callers = createCallerLimits(now);
  const isForAnybody = 'password' in credentials;
  const guard = isForAnybody ? byPassword(credentials, callers) : byKey(credentials.key);

  const answer = async (request: IncomingMessage, gone: AbortSignal): Promise<Uint8Array> => {
    if (request.url === '/ping') {
      await handler.check();
      return Buffer.from('Ok.\n');
    }
    return handler.answer(parseRequest(request, await readBody(request)), gone);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let headers: OutgoingHttpHeaders = { connection: 'close' };
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      headers = guard(request);
      const bytes = await answer(request, gone.signal);
      response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
    } catch (error) {
      refuse(response, error, headers);
    }
  };

  const limits = isForAnybody ? ON_A_PORT : { maxHeaderSize: MAX_HEADERS };
  const server = createServer({ ...limits, keepAliveTimeout: KEEP_ALIVE_MS }, handle);
  if (isForAnybody) server.on('connection', callers.enter);
  return server;
};

class AuthenticationError extends Error {}

/** Its address has shown too many wrong passwords. */
class AttemptsError extends Error {}

const byPassword = ({ username, password }: PasswordCredentials, callers: CallerLimits): Guard => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = digest(`Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`);
  return ({ headers, socket }) => {
    if (callers.isShutOut(socket)) throw new AttemptsError();
    if (!timingSafeEqual(digest(headers.authorization ?? ''), expected)) {
      callers.fail(socket);
      throw new AuthenticationError();
    }
    callers.admit(socket);
    return {};
  };
};

const byKey =
  (key: string): Guard =>
  ({ headers }) => {
    const nonce = String(headers[NONCE_HEADER]);
    if (!isSeal(headers[SEAL_HEADER], key, 'question', nonce)) throw new AuthenticationError();
    return { [SEAL_HEADER]: seal(key, 'answer', nonce) };
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
const refuse = (response: ServerResponse, error: unknown, headers: OutgoingHttpHeaders): void => {
  const [status, code, message] = exceptionOf(error);
  if (status === 429) response.setHeader('retry-after', CALLER_LIMITS.shutMs / 1000);
  response.writeHead(status, { ...headers, 'x-clickhouse-exception-code': String(code) }).end(`${message}\n`);
};

const exceptionOf = (error: unknown): [status: number, code: number, message: string] => {
  if (error instanceof AuthenticationError)
    return exception(401, 516, 'AUTHENTICATION_FAILED', 'Authentication failed');
  if (error instanceof AttemptsError) return exception(429, 516, 'AUTHENTICATION_FAILED', 'Too many wrong passwords');
  if (error instanceof PoolFullError) return exception(503, 202, 'TOO_MANY_SIMULTANEOUS_QUERIES', 'Too many queries');
  if (error instanceof RequestError) return exception(400, 62, 'SYNTAX_ERROR', error.message);
  if (isDiskFull(error)) return exception(500, 243, 'NOT_ENOUGH_SPACE', 'No room for the rows of an insert');
  const message = error instanceof Error ? error.message : String(error);
  const code = /^Code: (\d+)\. /.exec(message)?.[1];
  return code === undefined ? exception(500, 1001, 'STD_EXCEPTION', message) : [500, Number(code), message];
};

const exception = (status: number, code: number, type: string, text: string): [number, number, string] => [
  status,
  code,
  `Code: ${code}. DB::Exception: ${text}. (${type})`,
];

import type { IncomingMessage } from 'node:http';

/** One request of ClickHouse's HTTP interface, taken apart (https://clickhouse.com/docs/interfaces/http). */
export interface EngineRequest {
  readonly statement: string;
  /** An insert whose rows come apart from the statement; null: any other statement. */
  readonly insert: Insert | null;
  /** It changes nothing, so any reader can answer it. */
  readonly reads: boolean;
  /** As the collector's client says: see `RunOptions` of the store; empty: it does not say. */
  readonly lane: string;
  /** Format of the answer unless the statement names one. */
  readonly format: string;
  readonly database: string;
  /** Values of the `{name:Type}` parameters, escaped as in TabSeparated. */
  readonly params: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
}

/** Rows to be inserted. */
export interface Insert {
  /** Table and columns, as the statement names them. */
  readonly target: string;
  readonly format: string;
  readonly rows: Buffer;
}

/** The request is not one that this part of the interface understands; the message says why, without its content. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}

/** Tells what a statement is for; ClickHouse's own servers do not look at it. */
export const LANE_HEADER = 'x-passerby-lane';

/** URL parameters that are about HTTP alone and change nothing here: answers are always whole and never compressed. */
const IGNORED = new Set(['query_id', 'wait_end_of_query', 'buffer_size', 'enable_http_compression', 'stacktrace']);
const OWN = new Set(['query', 'database', 'default_format']);
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const INSERT = /^\s*insert\s+into\s+(.*)\sformat\s+(\w+)\s*$/is;
const QUOTED_OR_COMMENT = /'(?:[^'\\]|\\.|'')*'|`(?:[^`\\]|\\.|``)*`|"(?:[^"\\]|\\.|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g;
const READS = /^[\s(]*(?:select|with|show|describe|desc|explain|exists)\b/i;
const CHANGES_SESSION = /^\s*(?:set|use)\b/i;

/**
 * The statement stands in the body, or in `query` with the rows of an insert as the body.
 * @throws RequestError
 */
export const parseRequest = (request: IncomingMessage, body: Buffer): EngineRequest => {
  if (request.headers['content-encoding']) throw new RequestError('Compressed requests are not supported');
  const { searchParams } = new URL(request.url ?? '/', 'http://engine');
  const query = searchParams.get('query') ?? '';
  const insert = insertOf(query, body);
  const statement = insert ? query : query + body.toString();
  return {
    statement,
    insert,
    reads: isRead(statement),
    lane: String(request.headers[LANE_HEADER] ?? ''),
    format: searchParams.get('default_format') ?? 'TabSeparated',
    database: searchParams.get('database') ?? 'default',
    ...parametersOf(searchParams),
  };
};

const insertOf = (query: string, rows: Buffer): Insert | null => {
  const [, target, format] = INSERT.exec(query) ?? [];
  return target === undefined || format === undefined ? null : { target, format, rows };
};

const isRead = (statement: string): boolean => {
  const bare = statement.replace(QUOTED_OR_COMMENT, ' ');
  if (/;\s*[^\s;]/.test(bare)) throw new RequestError('Multi-statements are not allowed');
  if (CHANGES_SESSION.test(bare)) throw new RequestError('SET and USE have no effect without a session');
  return READS.test(bare);
};

const parametersOf = (searchParams: URLSearchParams): Pick<EngineRequest, 'params' | 'settings'> => {
  const params = new Map<string, string>();
  const settings = new Map<string, string>();
  for (const [key, value] of searchParams) {
    if (OWN.has(key) || IGNORED.has(key)) continue;
    if (!NAME.test(key)) throw new RequestError('A parameter has a name that none can have');
    if (key.startsWith('param_')) params.set(key.slice('param_'.length), value);
    else settings.set(key, value);
  }
  return { params, settings };
};

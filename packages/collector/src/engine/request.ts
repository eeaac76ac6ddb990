import type { IncomingMessage } from 'node:http';

/** One request of ClickHouse's HTTP interface, taken apart (https://clickhouse.com/docs/interfaces/http). */
export interface EngineRequest {
  readonly statement: string;
  /** An insert whose rows come apart from the statement; null: any other statement. */
  readonly insert: Insert | null;
  /** It changes nothing, so any reader can answer it. */
  readonly reads: boolean;
  /** As the collector's client says: see `RunOptions` of the store; empty: it does not say. */
  readonly pool: string;
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

/** The pool that a statement asks for, of `RunOptions`; ClickHouse's own servers do not look at it. */
export const POOL_HEADER = 'x-passerby-lane';

/** URL parameters that are about HTTP alone and change nothing here: answers are always whole and never compressed. */
const IGNORED = new Set(['query_id', 'wait_end_of_query', 'buffer_size', 'enable_http_compression', 'stacktrace']);
const OWN = new Set(['query', 'database', 'default_format']);
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const INSERT = /^\s*insert\s+into\s+(.*)\sformat\s+(\w+)\s*$/is;
/** A table and its columns, and nothing else that ClickHouse takes there. */
const TARGET = /^(?:\w+|`[\w-]+`)(?:\.(?:\w+|`[\w-]+`))?\s*(?:\((?:[\w\s,]|`[^`\\]+`)+\))?$/;
const QUOTED_OR_COMMENT =
  /'(?:[^'\\]|\\[\s\S]|'')*'|`(?:[^`\\]|\\[\s\S]|``)*`|"(?:[^"\\]|\\[\s\S]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g;
/**
 * Other ways in which ClickHouse begins comments, texts and names (`//`, `#`, `$tag$`, typographic quotes), other spaces
 * that it knows, and what is not closed: by them something could be hidden.
 */
const UNCLEAR = /[^\t\n\r\x20-\x7e]|[#$'"`\\]|\/\/|\/\*/;
/** ClickHouse asks for no right to these: the function `file`, also by `APPLY file`, and files of the client's side. */
const FILES = /\b(?:file|infile|outfile)\b/i;
/** Disks that a table brings along. */
const DISK = /\bdisk\s*\(/i;
const ENGINE = /\bengine\b\s*=?\s*(\w+)/gi;
/** Engines whose tables lie in the data directory, or in no place at all. */
const ENGINES = /^(?:\w*MergeTree|Null|Memory|Distributed|Atomic|View|MaterializedView)$/i;
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
    pool: String(request.headers[POOL_HEADER] ?? ''),
    format: searchParams.get('default_format') ?? 'TabSeparated',
    database: searchParams.get('database') ?? 'default',
    ...parametersOf(searchParams),
  };
};

const insertOf = (query: string, rows: Buffer): Insert | null => {
  const [, target, format] = INSERT.exec(query) ?? [];
  return target === undefined || format === undefined || !TARGET.test(target) ? null : { target, format, rows };
};

const isRead = (statement: string): boolean => {
  const bare = bareOf(statement);
  if (/;\s*[^\s;]/.test(bare)) throw new RequestError('Multi-statements are not allowed');
  if (CHANGES_SESSION.test(bare)) throw new RequestError('SET and USE have no effect without a session');
  if (FILES.test(bare) || DISK.test(bare)) throw new RequestError('Files and disks are not for statements');
  const isReading = READS.test(bare);
  if (!isReading) expectOwnEngines(bare);
  return isReading;
};

/** The statement without its comments, texts and unusual names. */
const bareOf = (statement: string): string => {
  const bare = statement.replace(QUOTED_OR_COMMENT, (token) => {
    if (token.startsWith('-') || token.startsWith('/')) return ' ';
    if (token.startsWith("'")) return ' ? ';
    const name = token.slice(1, -1);
    if (/[\\`"]/.test(name)) throw new RequestError('A name has escapes or quotes in it');
    return NAME.test(name) ? ` ${name} ` : ' ? ';
  });
  if (UNCLEAR.test(bare)) throw new RequestError('A character outside of texts, names and comments has no place there');
  return bare;
};

const expectOwnEngines = (bare: string): void => {
  for (const [, engine = ''] of bare.matchAll(ENGINE))
    if (!ENGINES.test(engine)) throw new RequestError('Only tables in the data directory can be made');
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

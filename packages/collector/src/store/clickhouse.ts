import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { type DoorAddress, DoorAgent } from '../engine/door-agent.ts';
import { identifier } from '../engine/sql-text.ts';
import { outcomeOf, StoreError } from './error.ts';
import type { Store } from './store.ts';
import { settingsFor, type Topology } from './topology.ts';

/** Where ClickHouse is: the embedded engine, a server or a cluster. */
export interface Connection {
  /** As `http://127.0.0.1:8123`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Missing: `default`. */
  readonly database?: string;
  /** Missing: one server. */
  readonly topology?: Topology;
  /** The embedded engine is reached by this instead of URL and password. Missing: a server. */
  readonly door?: () => DoorAddress | null;
}

/** Longest that a question may take, in seconds. */
const QUERY_SECONDS = 30;
/** A batch is stored before the answer, and cut into blocks the same way on every try, so that its token recognises them. */
const INSERT_SETTINGS = {
  deduplicate_blocks_in_dependent_materialized_views: 1,
  async_insert: 0,
  input_format_parallel_parsing: 0,
  max_execution_time: 60,
} as const;
/** How long an answer is awaited, in milliseconds: longer than anything takes but a change of a huge table. */
const REQUEST_TIMEOUT_MS = 120_000;
/** Idle connections are closed after this many milliseconds; servers do so after 3,000 at the earliest. */
const IDLE_MS = 2_500;
const MAX_CONNECTIONS = 16;

/** Opens a client; nothing is sent before its first use. All its errors are {@link StoreError}s. */
export const connect = ({
  url,
  username,
  password,
  database = 'default',
  topology = null,
  door,
}: Connection): Store => {
  const settings = settingsFor(topology);
  const client = createClient({
    url,
    username,
    password,
    database,
    request_timeout: REQUEST_TIMEOUT_MS,
    max_open_connections: MAX_CONNECTIONS,
    keep_alive: { idle_socket_ttl: IDLE_MS, eagerly_destroy_stale_sockets: true },
    ...(door && { http_agent: new DoorAgent(door, MAX_CONNECTIONS), set_basic_auth_header: false }),
    // Its log lines would hold ClickHouse's messages, and with them values.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
  });

  return {
    query: <T>(sql: string, params = {}) =>
      attempt(sql, async () => {
        const answer = await client.query({
          query: sql,
          query_params: params,
          format: 'JSONEachRow',
          clickhouse_settings: { ...settings.query, max_execution_time: QUERY_SECONDS },
        });
        return answer.json<T>();
      }),

    command: (sql, params = {}) =>
      attempt(sql, async () => {
        await client.command({ query: sql, query_params: params, clickhouse_settings: settings.command });
      }),

    insert: ({ token, columns, lines }) =>
      attempt('a batch', async () => {
        if (lines.length === 0) return;
        // Not `client.insert`: it would write the rows as JSON itself.
        const answer = await client.exec({
          query: `INSERT INTO intake (${columns.join(', ')}) FORMAT JSONCompactEachRow`,
          values: Readable.from([lines], { objectMode: false }),
          clickhouse_settings: { ...INSERT_SETTINGS, ...settings.insert, insert_deduplication_token: token },
        });
        await finished(answer.stream.resume());
      }),

    readNative: (sql, params = {}) =>
      attempt(sql, async () => {
        const answer = await client.exec({
          query: `${sql} FORMAT Native`,
          query_params: params,
          clickhouse_settings: { ...settings.query, max_execution_time: QUERY_SECONDS },
        });
        return buffer(answer.stream);
      }),

    writeNative: (table, rows) =>
      attempt('rows', async () => {
        const answer = await client.exec({
          query: `INSERT INTO ${identifier(table)} FORMAT Native`,
          values: Readable.from([rows], { objectMode: false }),
          // Equal rows are no repetition here.
          clickhouse_settings: { ...settings.insert, insert_deduplicate: 0, async_insert: 0 },
        });
        await finished(answer.stream.resume());
      }),

    ping: () =>
      attempt('ping', async () => {
        const result = await client.ping({ select: true });
        if (!result.success) throw result.error;
      }),

    close: () => client.close(),
  };
};

const attempt = async <T>(what: string, job: () => Promise<T>): Promise<T> => {
  try {
    return await job();
  } catch (error) {
    throw storeError(what, error);
  }
};

/** The statement's text is the collector's own, with its values bound apart: its beginning may be told. */
const storeError = (what: string, error: unknown): StoreError => {
  const detail = error instanceof Error ? error.message : String(error);
  const beginning = what.trim().replace(/\s+/g, ' ').slice(0, 160);
  if (!(error instanceof ClickHouseError)) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'no answer';
    return new StoreError(`ClickHouse: ${reason} on ${beginning}`, 'unknown', null, detail);
  }
  const code = Number(error.code);
  return new StoreError(
    `ClickHouse: ${error.type ?? 'error'} (${code}) on ${beginning}`,
    outcomeOf(code),
    code,
    detail,
  );
};

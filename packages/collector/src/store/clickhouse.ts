import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { POOL_HEADER } from '../engine/request.ts';
import { type SocketAddress, SocketAgent } from '../engine/socket-agent.ts';
import { identifier } from '../lib/sql-quote.ts';
import { randomUuid } from '../lib/system.ts';
import type { AskOptions, Params, Store } from './store.ts';
import { damageOf, outcomeOf, StoreError } from './store-error.ts';
import { onEveryServer, settingsFor, type Topology } from './topology.ts';

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
  readonly socketAddress?: () => SocketAddress | null;
  /** A server that goes on with what nobody waits for until it is told. Missing: it sees that the connection is closed. */
  readonly isServer?: boolean;
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
/** Connections by what they are for: none waits for one that something else holds. */
const CONNECTIONS = { questions: 16, inserts: 4, config: 8, upkeep: 8 } as const;

/** Opens a client; nothing is sent before its first use. All its errors are {@link StoreError}s. */
export const connect = (connection: Connection): Store => {
  const { topology = null, isServer = false } = connection;
  const settings = settingsFor(topology);
  const clients = {
    questions: clientOf(connection, 'questions'),
    inserts: clientOf(connection, 'inserts'),
    config: clientOf(connection, 'config'),
    upkeep: clientOf(connection, 'upkeep'),
  };
  let changes = 0;
  let oldChanges = 0;
  const changing = <T>(change: Promise<T>, isFresh = false): Promise<T> =>
    change.finally(() => {
      changes += 1;
      if (!isFresh) oldChanges += 1;
    });
  /** Without its success the question ends by its time-out. */
  const kill = (id: string): Promise<unknown> =>
    clients.config
      .command({
        query: `KILL QUERY${onEveryServer(topology)} WHERE query_id = {id:String} ASYNC`,
        query_params: { id },
      })
      .catch(() => undefined);

  const run = (sql: string, params: Params, pool: Pool): Promise<void> =>
    attempt(sql, async () => {
      await clients[pool].command({ query: sql, query_params: params, clickhouse_settings: settings.command });
    });

  return {
    query: <T>(sql: string, params = {}, { pool, signal }: AskOptions = {}) =>
      attempt(sql, async () => {
        // The client would wait for good.
        signal?.throwIfAborted();
        const id = randomUuid();
        const onAbort = (): void => void kill(id);
        if (isServer) signal?.addEventListener('abort', onAbort, { once: true });
        try {
          const answer = await clients[pool ?? 'questions'].query({
            query: sql,
            query_params: params,
            format: 'JSONEachRow',
            query_id: id,
            ...(signal && { abort_signal: signal }),
            clickhouse_settings: { ...settings.query, max_execution_time: QUERY_SECONDS },
          });
          return await answer.json<T>();
        } finally {
          signal?.removeEventListener('abort', onAbort);
        }
      }),

    command: (sql, params = {}, { pool } = {}) =>
      pool === 'config' ? run(sql, params, pool) : changing(run(sql, params, pool ?? 'config')),

    insert: ({ token, columns, lines, isFresh }) =>
      changing(
        attempt('a batch', async () => {
          if (lines.length === 0) return;
          // Not `client.insert`: it would write the rows as JSON itself.
          const answer = await clients.inserts.exec({
            query: `INSERT INTO intake (${columns.join(', ')}) FORMAT JSONCompactEachRow`,
            values: Readable.from([lines], { objectMode: false }),
            clickhouse_settings: { ...INSERT_SETTINGS, ...settings.insert, insert_deduplication_token: token },
          });
          await finished(answer.stream.resume());
        }),
        isFresh,
      ),

    readNative: (sql, params = {}) =>
      attempt(sql, async () => {
        const answer = await clients.upkeep.exec({
          query: `${sql} FORMAT Native`,
          query_params: params,
          clickhouse_settings: { ...settings.query, max_execution_time: QUERY_SECONDS },
        });
        return buffer(answer.stream);
      }),

    writeNative: (table, rows) =>
      changing(
        attempt('rows', async () => {
          const answer = await clients.upkeep.exec({
            query: `INSERT INTO ${identifier(table)} FORMAT Native`,
            values: Readable.from([rows], { objectMode: false }),
            // Equal rows are no repetition here.
            clickhouse_settings: { ...settings.insert, insert_deduplicate: 0, async_insert: 0 },
          });
          await finished(answer.stream.resume());
        }),
      ),

    ping: () =>
      attempt('ping', async () => {
        const result = await clients.config.ping({ select: true });
        if (!result.success) throw result.error;
      }),

    changes: () => changes,
    oldChanges: () => oldChanges,

    async close() {
      await Promise.all(Object.values(clients).map((client) => client.close()));
    },
  };
};

type Pool = keyof typeof CONNECTIONS;

const clientOf = ({ url, username, password, database = 'default', socketAddress }: Connection, pool: Pool) =>
  createClient({
    url,
    username,
    password,
    database,
    request_timeout: REQUEST_TIMEOUT_MS,
    max_open_connections: CONNECTIONS[pool],
    keep_alive: { idle_socket_ttl: IDLE_MS, eagerly_destroy_stale_sockets: true },
    ...(socketAddress && {
      http_agent: new SocketAgent(socketAddress, CONNECTIONS[pool]),
      set_basic_auth_header: false,
    }),
    // Its log lines would hold ClickHouse's messages, and with them values.
    log: { level: ClickHouseLogLevel.OFF },
    http_headers: { [POOL_HEADER]: pool },
    clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
  });

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
    damageOf(code, detail),
  );
};

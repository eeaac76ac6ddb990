import { join } from 'node:path';
import type { Session } from 'chdb';
import { elapsed } from '../lib/system.ts';
import { createCancelQuery } from './cancel-query.ts';
import { createExecute } from './execute.ts';
import type { QueryHandler } from './http-interface.ts';
import { BASE_SETTINGS } from './limits.ts';
import type { EngineRequest } from './request.ts';
import { createSessionPool, type SessionPool } from './session-pool.ts';

export interface EngineFiles {
  readonly dataDir: string;
  readonly scratchDir: string;
  readonly configFile: string;
  /** Queries that are answered at a time. */
  readonly readers: number;
}

/** ClickHouse, open. */
export interface OpenEngine extends QueryHandler {
  /** Ends when what is under way has ended. */
  close(): Promise<void>;
}

const WAITING_WRITES = 32;
const WAITING_READS = 256;
/** A job that takes longer than this, in milliseconds, hangs: every query has its time-out, and inserts are small. */
const HANGING_READ_MS = 120_000;
const HANGING_WRITE_MS = 600_000;

/**
 * Opens the data. A Session runs one query at a time: a few read, and what must not wait for them, or for a deletion
 * that takes minutes, has Sessions of its own, which take about half a megabyte each. One more answers checks, so that a busy
 * engine is not taken for a dead one.
 */
export const openEngine = async ({ dataDir, scratchDir, configFile, readers }: EngineFiles): Promise<OpenEngine> => {
  // Imported here, so that a platform without it can be told from other failures.
  const chdb = await import('chdb');
  const connectionArgs = [
    `--config-file=${configFile}`,
    ...Object.entries(BASE_SETTINGS).map(([name, value]) => `--${name}=${value}`),
  ];
  const open = (): Session => new chdb.Session(dataDir, { connectionArgs });
  const execute = createExecute(scratchDir, join(dataDir, 'rows'));
  const single = (waiting: number): SessionPool<Session> => createSessionPool([open()], waiting, elapsed);
  const queries: SessionPool<Session> = createSessionPool(
    Array.from({ length: readers }, open),
    WAITING_READS,
    elapsed,
  );
  const [inserts, maintenance, writes] = [single(WAITING_WRITES), single(WAITING_WRITES), single(WAITING_READS)];
  const [kills, checker] = [single(WAITING_READS), single(1)];
  const kill = createCancelQuery((statement) => kills.run((session) => session.queryAsync(statement)));

  /** Short writes, and what is read for them, come one after the other: of two who write a version one is the first. */
  const poolFor = ({ insert, reads, pool }: EngineRequest): SessionPool<Session> => {
    if (insert !== null) return inserts;
    if (reads) return pool === 'config' ? writes : queries;
    return pool === 'upkeep' ? maintenance : writes;
  };

  return {
    answer: (request, gone) =>
      poolFor(request).run(
        (session) =>
          // What changes something is not broken off in the middle.
          request.reads ? kill.when(gone, (mark) => execute(session, request, mark)) : execute(session, request),
        gone,
      ),
    async check() {
      if (queries.longest() > HANGING_READ_MS) throw new Error('a query hangs');
      if (Math.max(inserts.longest(), maintenance.longest(), writes.longest()) > HANGING_WRITE_MS)
        throw new Error('a write hangs');
      await checker.run((session) => session.queryAsync('SELECT 1'));
    },
    close: chdb.drainPending,
  };
};

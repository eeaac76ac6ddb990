import type { Session } from 'chdb';
import type { Rooms } from './door.ts';
import { createExecute } from './execute.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { BASE_SETTINGS } from './limits.ts';

export interface EngineFiles {
  readonly dataDir: string;
  readonly scratchDir: string;
  readonly configFile: string;
  /** Queries that are answered at a time. */
  readonly readers: number;
}

/** ClickHouse, open. */
export interface OpenEngine extends Rooms {
  /** Ends when what is under way has ended. */
  close(): Promise<void>;
}

const WAITING_WRITES = 32;
const WAITING_READS = 256;
/** A job that takes longer than this, in milliseconds, hangs: every query has its time-out, and inserts are small. */
const HANGING_READ_MS = 120_000;
const HANGING_WRITE_MS = 600_000;

/**
 * Opens the data. One Session writes and a few read, because a Session runs one query at a time; one more answers
 * checks, so that a busy engine is not taken for a dead one.
 */
export const openEngine = async ({ dataDir, scratchDir, configFile, readers }: EngineFiles): Promise<OpenEngine> => {
  // Imported here, so that a platform without it can be told from other failures.
  const chdb = await import('chdb');
  const connectionArgs = [
    `--config-file=${configFile}`,
    ...Object.entries(BASE_SETTINGS).map(([name, value]) => `--${name}=${value}`),
  ];
  const open = (): Session => new chdb.Session(dataDir, { connectionArgs });
  const now = (): number => performance.now();
  const execute = createExecute(scratchDir);
  const writers: Lanes<Session> = createLanes([open()], WAITING_WRITES, now);
  const queries: Lanes<Session> = createLanes(Array.from({ length: readers }, open), WAITING_READS, now);
  const checker = createLanes([open()], 1, now);

  return {
    answer: (request) => (request.reads ? queries : writers).run((session) => execute(session, request)),
    async check() {
      if (queries.longest() > HANGING_READ_MS) throw new Error('a query hangs');
      if (writers.longest() > HANGING_WRITE_MS) throw new Error('a write hangs');
      await checker.run((session) => session.queryAsync('SELECT 1'));
    },
    close: chdb.drainPending,
  };
};

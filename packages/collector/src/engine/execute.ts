import { rmSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from 'chdb';
import { isDiskFull } from '../lib/disk-full.ts';
import { literal } from '../lib/sql-quote.ts';
import { INSERT_MEMORY } from './limits.ts';
import type { EngineRequest, Insert } from './request.ts';
import { createAlign } from './session-state.ts';

/**
 * Runs a request on a Session that it has to itself and returns the answer. Rejects with the engine's error, whose
 * message begins with `Code: 62. DB::Exception: `.
 * @param mark what {@link EngineRequest.statement} begins with while it runs
 */
export type Execute = (session: Session, request: EngineRequest, mark?: string) => Promise<Uint8Array>;

const NOTHING: ReadonlyMap<string, string> = new Map();

/**
 * One thread and one block an insert: a retry cuts the rows exactly as the first try did, so that every table
 * recognises the token.
 */
const INSERT_SETTINGS: readonly [string, string][] = [
  ['max_threads', '1'],
  ['max_insert_threads', '1'],
  ['max_memory_usage', String(INSERT_MEMORY)],
];

/**
 * @param scratchDir folder, in memory where there is one, for the rows of inserts under way
 * @param spareDir folder beside the data, for rows that find no room there: any user of the machine can fill its memory
 */
export const createExecute = (scratchDir: string, spareDir: string): Execute => {
  const align = createAlign();
  let files = 0;
  // Of a process that was killed.
  rmSync(spareDir, { recursive: true, force: true });

  /** Has rows in a file while something is done with it. */
  const withFile = async (dir: string, rows: Buffer, job: (file: string) => Promise<unknown>): Promise<void> => {
    const file = join(dir, `rows-${++files}`);
    try {
      await writeFile(file, rows, { mode: 0o600, flag: 'wx' });
      await job(file);
    } finally {
      await rm(file, { force: true });
    }
  };

  /** The engine reads rows from a file in memory in 0.25 to 0.4 of the time that it takes them in a statement. */
  const insertRows = async (session: Session, insert: Insert, { settings, database }: EngineRequest): Promise<void> => {
    await align(session, { database, settings: NOTHING, params: NOTHING });
    const job = (file: string): Promise<unknown> => session.queryAsync(insertFromFile(insert, settings, file));
    try {
      await withFile(scratchDir, insert.rows, job);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      await mkdir(spareDir, { recursive: true, mode: 0o700 });
      await withFile(spareDir, insert.rows, job);
    }
  };

  const run = async (session: Session, request: EngineRequest, mark: string): Promise<Uint8Array> => {
    if (request.insert) {
      await insertRows(session, request.insert, request);
      return new Uint8Array();
    }
    await align(session, request);
    return (await session.queryAsync(mark + request.statement, { format: request.format })).bytes();
  };

  return async (session, request, mark = '') => {
    try {
      return await run(session, request, mark);
    } catch (error) {
      // A Session holds the memory of a statement that failed, up to its limit, until it is asked for something else.
      await session.queryAsync('SELECT 1').catch(() => undefined);
      throw error;
    }
  };
};

/**
 * Settings stand in the statement itself: a token left on the Session would drop all later inserts as repetitions.
 * `FROM INFILE` needs no right to read files, which nobody has, see `grants.ts`.
 */
const insertFromFile = ({ target, format }: Insert, settings: ReadonlyMap<string, string>, file: string): string => {
  const clause = [...new Map([...settings, ...INSERT_SETTINGS, ...repetitionOf(settings)])]
    .map(([name, value]) => `${name} = ${literal(value)}`)
    .join(', ');
  return `INSERT INTO ${target} FROM INFILE ${literal(file)} SETTINGS ${clause} FORMAT ${format}`;
};

/** By its newer name, which counts for inserts that are no `SELECT`: whether equal rows are a repetition. */
const repetitionOf = (settings: ReadonlyMap<string, string>): [string, string][] =>
  settings.get('insert_deduplicate') === '0' ? [['deduplicate_insert', 'disable']] : [];

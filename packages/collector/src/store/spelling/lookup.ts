import { setTimeout as sleep } from 'node:timers/promises';
import { literal } from '../../lib/sql-quote.ts';
import { randomUuid } from '../../lib/system.ts';
import { createTable, everywhere, type Table } from '../schema.ts';
import type { Store } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { onEveryServer, type Topology } from '../topology.ts';
import type { Pair } from './old-spellings.ts';

/** An expression with today's spelling in place of an old one; what has none stays. */
export type InTodays = (expression: string) => string;

/** A table of the server's own: statements are too short for what they look up. */
export interface Lookup {
  /** Puts pairs where statements find them. */
  put(pairs: readonly Pair[]): Promise<InTodays>;
  /** What was said first about something, by whichever collector, and stays so. */
  agree(about: string, text: string): Promise<string>;
  /** Something was put there or agreed, now or by a collector before. */
  isUsed(): Promise<boolean>;
  /** Forgets the pairs, which are values of sites. */
  clear(): Promise<void>;
}

/** Name of the table that is used. */
export const SPELLINGS = 'spellings';

const table: Table = {
  name: SPELLINGS,
  placement: 'everywhere',
  deduplicates: true,
  columns: `chunk String,
  old String,
  today String`,
  engine: 'MergeTree',
  clauses: ' ORDER BY (chunk, old)',
};

/** Names of what was agreed, and of no pairs. */
const AGREED = 'agreed ';
/** Another server of a cluster may have been told first. */
const TRIES = 40;
const PAUSE_MS = 250;

/**
 * The table is made when it is needed first, and stays, without pairs: a change that another collector has begun at the
 * same time reads it, and would be stuck without it.
 */
export const createLookup = (store: Store, topology: Topology): Lookup => {
  const name = everywhere(table.name, topology);
  let isThere = false;
  const create = async (): Promise<void> => {
    if (isThere) return;
    for (const statement of createTable(table, topology)) await store.command(statement);
    isThere = true;
  };

  const isUsed = async (): Promise<boolean> => {
    const [exists] = await store.query<{ result: number }>(`EXISTS TABLE ${name}`);
    return exists?.result === 1;
  };

  return {
    isUsed,
    async put(pairs) {
      await create();
      const chunk = randomUuid();
      const rows = pairs.map(([old, today]) => `('${chunk}', ${literal(old)}, ${literal(today)})`);
      await store.command(`INSERT INTO ${name} (chunk, old, today) VALUES ${rows.join(', ')}`, {}, UPKEEP);
      // Never empty, as `transform` wants it: no value is an empty text.
      const list = (column: string): string =>
        `(SELECT arrayPushBack(groupArray(${column}), '') FROM (SELECT old, today FROM ${name} WHERE chunk = '${chunk}' ORDER BY old))`;
      return (expression) => `transform(${expression}, ${list('old')}, ${list('today')})`;
    },
    async agree(about, text) {
      await create();
      const chunk = literal(AGREED + about);
      await store.command(
        `INSERT INTO ${name} (chunk, old, today) SELECT ${chunk}, '', ${literal(text)}
SETTINGS insert_deduplicate = 1, insert_deduplication_token = ${chunk}`,
      );
      for (let tries = 1; tries <= TRIES; tries++) {
        const [row] = await store.query<{ agreed: string }>(
          `SELECT today AS agreed FROM ${name} WHERE chunk = ${chunk}`,
        );
        if (row) return row.agreed;
        await sleep(PAUSE_MS);
      }
      throw new StoreError('ClickHouse: what another collector has said first is not to be seen', 'unknown', null, '');
    },
    async clear() {
      if (!(await isUsed())) return;
      await store.command(
        `ALTER TABLE ${name}${onEveryServer(topology)} DELETE WHERE NOT startsWith(chunk, '${AGREED}') SETTINGS mutations_sync = 1`,
        {},
        UPKEEP,
      );
    },
  };
};

const UPKEEP = { pool: 'upkeep' } as const;

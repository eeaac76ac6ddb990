import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { StoreError } from '../store/error.ts';
import type { Store } from '../store/store.ts';
import type { Batch } from './spool.ts';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;

/** What {@link createStoreBatch} needs. */
export interface StoreBatchDeps {
  readonly store: Store;
  readonly log: Log;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  /** Rows stored, for the metrics. */
  readonly stored: (rows: number) => void;
  /** Rows that the store will never take, for the metrics. */
  readonly refused: (rows: number) => void;
}

/**
 * Stores a batch, however long it takes: after any error the outcome is unknown, so the same rows go with the same
 * token again, and the store recognises what it has. Only rows that the store calls wrong are given up: they would hold
 * up everything behind them for good. Rows are typed and measured before they come here, so that is a defect of ours.
 */
export const createStoreBatch =
  ({ store, log, random, stored, refused }: StoreBatchDeps) =>
  async (batch: Batch): Promise<void> => {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        await store.insert(batch.rows, batch.token);
        stored(batch.rows.length);
        return;
      } catch (error) {
        if (error instanceof StoreError && error.outcome === 'refused') {
          log.error('a batch was refused and is lost', { rows: batch.rows.length, ...reason(error) });
          refused(batch.rows.length);
          return;
        }
        log.warn('a batch is not stored yet, trying again', {
          rows: batch.rows.length,
          wait_ms: wait,
          ...reason(error),
        });
        await sleep(wait * (0.5 + random()));
      }
    }
  };

/** The engine's code, never its text: that may quote what was to be stored. */
const reason = (error: unknown): { error: string } => ({
  error: error instanceof Error ? `${error.name}${'code' in error ? ` ${String(error.code)}` : ''}` : 'unknown',
});

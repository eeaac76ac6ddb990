import type { Log } from '../lib/logger.ts';
import { elapsed } from '../lib/system.ts';
import { type Store, variantOf } from '../store/store.ts';
import type { NoteDuration } from './durations.ts';

/** What is asked of the store. */
type Kind = 'query' | 'insert' | 'command';

/** Where it is noted. */
export interface StoreWatch {
  readonly seriesOf: (labels: { kind: Kind }) => NoteDuration;
  readonly failed: (kind: Kind) => void;
  readonly log: Log;
}

/** The store, whose every answer is timed, with its wait in line. What was asked is not told. */
export const watchStore = (store: Store, { seriesOf, failed, log }: StoreWatch): Store => {
  const took = {
    query: seriesOf({ kind: 'query' }),
    insert: seriesOf({ kind: 'insert' }),
    command: seriesOf({ kind: 'command' }),
  };
  const timed = async <T>(kind: Kind, work: Promise<T>): Promise<T> => {
    const begun = elapsed();
    try {
      return await work;
    } catch (error) {
      failed(kind);
      throw error;
    } finally {
      const ms = elapsed() - begun;
      took[kind](ms / 1000);
      log.debug('the store answered', { kind, took_ms: Math.round(ms) });
    }
  };
  return variantOf(store, {
    query: (...args) => timed('query', store.query(...args)),
    readNative: (...args) => timed('query', store.readNative(...args)),
    insert: (...args) => timed('insert', store.insert(...args)),
    writeNative: (...args) => timed('insert', store.writeNative(...args)),
    command: (...args) => timed('command', store.command(...args)),
  });
};

import { setTimeout as sleep } from 'node:timers/promises';
import { literal } from '../lib/sql-quote.ts';

/** Ends queries that nobody waits for any more. */
export interface CancelQuery {
  /**
   * Runs a job whose statement begins with the given mark; when the signal is given before it has ended, the engine ends
   * it, and the job rejects with the engine's error.
   */
  when<T>(gone: AbortSignal, job: (mark: string) => Promise<T>): Promise<T>;
}

/** A query that is about to begin is not found yet: it is looked for again after this many milliseconds. */
const AGAIN_MS = 50;

/**
 * chDB takes no `query_id` from a Session, so a query is known by a comment in front of it.
 * @param run runs a statement on a Session that no query holds
 */
export const createCancelQuery = (run: (statement: string) => Promise<unknown>): CancelQuery => {
  let marks = 0;
  return {
    async when(gone, job) {
      const mark = `/* passerby ${++marks} */ `;
      const running = new AbortController();
      const end = async (): Promise<void> => {
        while (!running.signal.aborted) {
          // Waiting for its end with SYNC has been seen to wait for good.
          await run(`KILL QUERY WHERE startsWith(query, ${literal(mark)}) ASYNC`).catch(() => undefined);
          await sleep(AGAIN_MS, undefined, { signal: running.signal }).catch(() => undefined);
        }
      };
      const onGone = (): void => void end();
      gone.addEventListener('abort', onGone, { once: true });
      try {
        gone.throwIfAborted();
        return await job(mark);
      } finally {
        gone.removeEventListener('abort', onGone);
        running.abort();
      }
    },
  };
};

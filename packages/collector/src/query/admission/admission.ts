import { type Store, variantOf } from '../../store/store.ts';
import { isTooMuch, passingFailure } from '../period/over-limit.ts';
import { type Closed, createAnswerCache } from './answer-cache.ts';
import type { Asker } from './asker.ts';
import { createFairQueue } from './fair-queue.ts';

/** What {@link createAdmission} needs. */
export interface AdmissionDeps {
  readonly store: Store;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Whether others write to the store, or it has more room than the embedded engine. */
  readonly isShared: boolean;
  /** Told of each look at the store; it waits for what is given back. Missing: nobody. */
  readonly looked?: () => Promise<void> | undefined;
}

/** Where questions are put, so that none takes more of the store than its share. */
export interface Admission {
  /** Asks a question by statements that run when it is the asker's turn, and end when nobody waits for them. */
  ask<T>(asker: Asker, question: AskStore<T>): Promise<T>;
  /**
   * The same; equal questions of an account share an answer, which nobody may change.
   * @param key all that it depends on beside the store and the time; what the asker may see has been checked
   */
  share<T extends object>(key: readonly unknown[], asker: Asker, question: AskStore<T>): Promise<T>;
  /**
   * The same; an answer is kept for all accounts until anything is stored, for some seconds at most; one about closed days
   * until rows of those may have changed.
   */
  keep<T extends object>(
    key: readonly unknown[],
    asker: Asker,
    question: AskStore<T>,
    closed?: Closed<T> | null,
  ): Promise<T>;
}

/** A question, given the store to ask, and for whom. */
export type AskStore<T> = (store: Store, asker: Asker) => Promise<T>;

/** Statements at a time: as many as the embedded engine has readers, or more of a server. */
const OWN_PLACES = 3;
const SHARED_PLACES = 8;
/** What others write to a store that is shared is not seen from here. */
const OWN_KEPT_MS = 5_000;
const SHARED_KEPT_MS = 1_000;
/** Time goes on by quarters of an hour: hours of no time zone begin anywhere else. */
const QUARTER_MS = 15 * 60_000;

/** Nothing is asked yet. */
export const createAdmission = ({ store, now, isShared, looked }: AdmissionDeps): Admission => {
  const places = isShared ? SHARED_PLACES : OWN_PLACES;
  // One place is free of whoever asks most.
  const turns = createFairQueue({ places, share: places - 1 });
  const keptMs = isShared ? SHARED_KEPT_MS : OWN_KEPT_MS;
  const answers = createAnswerCache({
    now,
    changes: () => store.changes?.(),
    // What others store is of any day.
    oldChanges: () => (isShared ? undefined : store.oldChanges?.()),
    keptMs,
  });

  const ask = <T>(asker: Asker, question: AskStore<T>): Promise<T> => {
    const failed = new AbortController();
    const turn = { account: asker.account, signal: AbortSignal.any([asker.signal, failed.signal]) };
    const inTurn = variantOf(store, {
      query: (sql, params, options) =>
        turns.run(turn, async () => {
          asker.expectRead?.();
          await looked?.();
          try {
            return await store.query(sql, params, { ...options, signal: turn.signal });
          } catch (error) {
            const cause = passingFailure(error);
            // What else the question asks is of no use without this, but for what is too much at once: that is asked in shares.
            if (!isTooMuch(cause)) failed.abort(cause);
            throw cause;
          }
        }),
    });
    return question(inTurn, asker);
  };

  const keyAt = (key: readonly unknown[]): readonly unknown[] => [Math.floor(now() / QUARTER_MS), ...key];
  return {
    ask,
    share: (key, asker, question) =>
      answers.share(keyAt(key), asker, (shared) => ask({ ...asker, signal: shared }, question)),
    keep: (key, asker, question, closed) =>
      answers.keep(keyAt(key), asker, (shared) => ask({ ...asker, signal: shared }, question), closed),
  };
};

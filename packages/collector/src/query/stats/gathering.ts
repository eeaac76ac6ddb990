import type { Store } from '../../store/store.ts';
import type { Asker } from '../admission/asker.ts';
import { isTooMuch } from '../period/over-limit.ts';
import type { Asking } from './asking.ts';
import { type CountOptions, countGroups, type Found } from './execute.ts';
import { sharedBundles } from './shared.ts';

/** Counts the groups of what is asked. */
export type Counter = (store: Store, asking: Asking, options?: CountOptions) => Promise<Found>;

/** What several questions ask at a time, put together where the same rows answer it. */
export interface Gathering {
  /** The counter of one of the questions. @param asker who waits for it */
  counterFor(asker: Asker): Counter;
}

/** What waits for the others. */
interface Waiting {
  readonly store: Store;
  readonly asker: Asker;
  readonly asking: Asking;
  readonly options: CountOptions;
  readonly found: (found: Found | Promise<Found>) => void;
}

/** @param askAs lets a statement take its turn */
export const createGathering = (
  askAs: (asker: Asker, ask: (store: Store) => Promise<Found[]>) => Promise<Found[]>,
): Gathering => {
  let waiting: Waiting[] = [];

  const alone = ({ store, asking, options }: Waiting): Promise<Found> => countGroups(store, asking, options);

  const together = async (members: readonly Waiting[], ask: (store: Store) => Promise<Found[]>): Promise<void> => {
    const [first] = members;
    if (first === undefined) return;
    const asker = { ...first.asker, signal: whenAll(members.map((member) => member.asker.signal)) };
    try {
      const all = await askAs(asker, ask);
      for (const [index, member] of members.entries()) member.found(all[index] ?? alone(member));
    } catch (error) {
      // What is too much together may be little enough for each.
      for (const member of members) member.found(isTooMuch(error) ? alone(member) : Promise.reject(error));
    }
  };

  const begin = (): void => {
    const all = waiting;
    waiting = [];
    for (const { members, ask } of sharedBundles(all))
      if (ask === null) for (const member of members) member.found(alone(member));
      else void together(members, ask);
  };

  return {
    counterFor:
      (asker) =>
      (store, asking, options = {}) =>
        new Promise((resolve) => {
          // All that is asked before anything is waited for.
          if (waiting.length === 0) setImmediate(begin);
          waiting.push({ store, asker, asking, options, found: resolve });
        }),
  };
};

/** Is given when all of them are. */
const whenAll = (signals: readonly AbortSignal[]): AbortSignal => {
  const all = new AbortController();
  const look = (): void => {
    if (signals.every(({ aborted }) => aborted)) all.abort(signals[0]?.reason);
  };
  for (const signal of signals) signal.addEventListener('abort', look, { once: true });
  look();
  return all.signal;
};

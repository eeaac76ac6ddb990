import { addDays, type Zone } from '../../lib/time-zone.ts';
import { countedSince } from '../../store/counted-since.ts';
import type { Store } from '../../store/store.ts';

/** Since when all rows are counted as they are today: found out once, as it changes with an upgrade, before a start. */
export const createCountedSince = (): ((store: Store) => Promise<number | null>) => {
  let known: { readonly since: number | null } | undefined;
  return async (store) => {
    known ??= { since: await countedSince(store) };
    return known.since;
  };
};

/** First whole local day after an instant, in Unix milliseconds; null stays null. */
export const countedFrom = (since: number | null, zone: Zone): string | null =>
  since === null ? null : addDays(zone.day(since), 1);

import { setTimeout as sleep } from 'node:timers/promises';
import { addDays } from '../lib/time-zone.ts';
import type { Extent, Part, Purge } from '../sites/purge/purge.ts';
import type { Site } from '../sites/site.ts';
import { siteZone } from '../sites/site-zone.ts';
import type { WriteBuffer } from './spool/write-buffer.ts';
import type { VisitMemory } from './visits/visit-memory.ts';

/** What {@link createPurgeStored} needs. */
export interface PurgeStoredDeps {
  readonly purge: Purge;
  readonly writeBuffer: Pick<WriteBuffer, 'flush' | 'whileQuiesced'>;
  readonly memory: VisitMemory;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** Takes a part of a site out, see {@link Purge.purge}. */
export type PurgeStored = (site: Site, part: Part) => Promise<Extent>;

/** How long a purge waits for what was accepted to be stored, in milliseconds. */
const SETTLE_MS = 5000;

/**
 * Purges while hits come in. What was accepted before is stored first. Visits that go are forgotten: a later hit would
 * take back the bounce of a visit that is counted no more. And nothing is stored between taking numbers back and beginning
 * to delete hits: a hit that came there would lose one and not the other. Other collectors on the store go on.
 */
export const createPurgeStored = ({ purge, writeBuffer, memory, now }: PurgeStoredDeps): PurgeStored => {
  const settle = (): Promise<void> => Promise.race([writeBuffer.flush(), sleep(SETTLE_MS)]);
  return async (site, part) => {
    await settle();
    const yesterday = addDays(siteZone(site, now()).day(now()), -1);
    memory.forget(new Set(await purge.visits(site, part, yesterday)));
    // What these visits did until now goes with them.
    await settle();
    return purge.purge(site, part, writeBuffer.whileQuiesced);
  };
};

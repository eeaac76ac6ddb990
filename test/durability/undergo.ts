import { expect } from 'vitest';
import type { Store } from '../../packages/collector/src/store/store.ts';
import { createRandom } from '../support/clock.ts';
import { type Load, type LoadOptions, startLoad } from '../support/load.ts';
import { reopened } from '../support/reopen.ts';
import { SITE, type Stand, startStand } from '../support/stand.ts';
import { judge, lineOf, type StoreVerdict } from '../support/verdict.ts';

/** Chance of this run; `SEED=…` gives the same one again. */
export const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Numbers from this run's seed. */
export const random = createRandom(SEED);

/** A fault, and how to see that it happened. */
export interface Trial {
  /** What the collector is started with. */
  readonly env?: Readonly<Record<string, string>>;
  /** How clients send meanwhile. */
  readonly load?: Partial<LoadOptions>;
  /** Brings the fault about, under load. */
  readonly strike: (stand: Stand, load: Load) => Promise<void>;
  /** Looks at what is stored in the end. */
  readonly look?: (store: Store) => Promise<void>;
}

/** Puts a collector and its engine through a fault under load, and expects that what was answered is what is stored. */
export const undergo = async (fault: string, { env, load: how, strike, look }: Trial): Promise<Load> => {
  const stand = await startStand(env);
  try {
    const load = startLoad({ site: SITE, target: stand.url, random, ...how });
    await strike(stand, load);
    await load.stop();
    await stand.drained();
    await stand.end();
    await reopened(stand.dataDir, async (store) => {
      expectKept(fault, await judge(store, load.sent), load);
      await look?.(store);
    });
    return load;
  } catch (error) {
    process.stderr.write(stand.log());
    throw error;
  } finally {
    await stand.clear();
  }
};

/** Prints the fault's line of the table, and expects that nothing was lost or doubled. */
export const expectKept = (fault: string, verdict: StoreVerdict, load: Load): void => {
  process.stdout.write(lineOf(fault, verdict));
  expect(load.strange, `seed ${SEED}`).toEqual([]);
  expect(verdict, `seed ${SEED}`).toMatchObject({ lost: 0, doubled: 0, astray: 0 });
  expect(verdict.counted).toBeGreaterThan(0);
};

import { setTimeout as sleep } from 'node:timers/promises';
import {
  aWhile,
  freezeEngine,
  hangEngine,
  killBoth,
  killCollector,
  killEngine,
  loseEngine,
} from '../../test/durability/faults.ts';
import type { Load } from '../../test/support/load.ts';
import { until } from '../../test/support/until.ts';
import type { EmbeddedField, ServerField } from './fields.ts';
import { floodWithLargest } from './largest.ts';

/** 0 ≤ x < 1 */
type Random = () => number;

/** A fault: what happens under load, and where. Each throws if it did not happen. */
export interface Fault<F> {
  readonly name: string;
  readonly strike: (field: F, load: Load, random: Random) => Promise<void>;
}

const HOUR_MS = 3_600_000;
const HEAL_MS = 60_000;
/** A volume or a server is away for up to a minute. */
const AWAY_MS = 60_000;
const FROZEN_MS = 30_000;

const someTimes = async (random: Random, strike: () => Promise<void>): Promise<void> => {
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) await strike();
};

/** Waits until clients were refused, a while, lets the disk recover, and waits until they are counted again. */
const refusedThenCounted = async (load: Load, random: Random, recover: () => void): Promise<void> => {
  const { refused } = load.tries;
  await until('hits are refused', HEAL_MS, () => load.tries.refused > refused);
  await aWhile(random, 5_000);
  recover();
  const { counted } = load.tries;
  await until('hits are counted again', HEAL_MS, () => load.tries.counted > counted);
};

export const EMBEDDED_FAULTS: readonly Fault<EmbeddedField>[] = [
  { name: 'collector killed', strike: ({ stand }, _, random) => someTimes(random, () => killCollector(stand, random)) },
  { name: 'engine killed', strike: ({ stand }, _, random) => someTimes(random, () => killEngine(stand, random)) },
  { name: 'both killed', strike: ({ stand }, _, random) => someTimes(random, () => killBoth(stand, random)) },
  {
    name: 'collector told to end',
    strike: async ({ stand }, _, random) => {
      await aWhile(random);
      await stand.end();
      await stand.start();
    },
  },
  { name: 'engine frozen for 5 s', strike: ({ stand }, _, random) => freezeEngine(stand, random, 5_000) },
  {
    name: 'engine frozen for 30 s',
    strike: async ({ stand }, _, random) => {
      await Promise.all([hangEngine(stand, random), sleep(FROZEN_MS)]);
    },
  },
  { name: 'fifty of the largest beacons at once', strike: floodWithLargest },
  { name: 'engine gone', strike: ({ stand }, _, random) => loseEngine(stand, random, random() * AWAY_MS) },
  {
    name: 'clock an hour ahead or back',
    strike: async ({ setClock }, _, random) => {
      for (const offset of random() < 0.5 ? [HOUR_MS, 0] : [-HOUR_MS, 0]) {
        setClock(offset);
        await aWhile(random, 3_000);
      }
    },
  },
];

/** Those that need a disk of their own. */
export const DISK_FAULTS: readonly Fault<EmbeddedField>[] = [
  {
    name: 'disk full',
    strike: async ({ disk }, load, random) => {
      await aWhile(random);
      disk?.fill();
      await refusedThenCounted(load, random, () => disk?.free());
    },
  },
  {
    name: 'disk read-only',
    strike: async ({ disk, hold }, load, random) => {
      await aWhile(random);
      hold(true);
      await disk?.protect();
      hold(false);
      await refusedThenCounted(load, random, () => disk?.unprotect());
    },
  },
];

export const SERVER_FAULTS: readonly Fault<ServerField>[] = [
  {
    name: 'one of two collectors killed',
    strike: ({ stands: [one] }, _, random) => someTimes(random, () => killCollector(one, random)),
  },
  {
    name: 'server gone, a collector killed meanwhile',
    strike: async ({ stands: [one, other], gate }, _, random) => {
      gate.set('shut');
      await killCollector(other, random);
      await sleep(random() * AWAY_MS);
      if ((await one.waiting()) === 0) throw new Error('nothing waits, although the server is gone');
      gate.set('open');
    },
  },
  {
    name: "server's answers lost",
    strike: async ({ gate }, _, random) => {
      const lost = gate.lost.length;
      gate.set('deaf');
      await until('an answer is lost', HEAL_MS, () => gate.lost.length > lost);
      await aWhile(random, 5_000);
      gate.set('open');
    },
  },
];

import { expect, test } from 'vitest';
import type { Load } from '../support/load.ts';
import type { Stand } from '../support/stand.ts';
import { killBoth, killCollector, killEngine } from './faults.ts';
import { random, undergo } from './undergo.ts';

/** How often each is killed; `KILLS=30` for a longer run. */
const KILLS = Number(process.env.KILLS ?? 5);
const timeout = 60_000 + KILLS * 15_000;

type CancelQuery = (stand: Stand, random: () => number) => Promise<void>;

const times =
  (kills: number, kill: CancelQuery) =>
  async (stand: Stand): Promise<void> => {
    for (let done = 0; done < kills; done++) await kill(stand, random);
  };

/** As many kills, and more until one has met a request under way: a fast collector may be idle at each moment. */
const timesUntilMet =
  (kills: number, kill: CancelQuery) =>
  async (stand: Stand, load: Load): Promise<void> => {
    for (let done = 0; done < kills || load.tries.none === 0; done++) await kill(stand, random);
  };

test('the collector killed at random moments, its clients trying again', { timeout }, async () => {
  await undergo(`collector killed ${KILLS} times`, { strike: timesUntilMet(KILLS, killCollector) });
});

test('the collector killed, its clients not trying again', { timeout }, async () => {
  await undergo('collector killed 3 times, no retries', {
    load: { retries: false },
    strike: timesUntilMet(3, killCollector),
  });
});

test('the collector killed, its clients sending everything twice', { timeout }, async () => {
  const load = await undergo('collector killed 3 times, everything sent twice', {
    load: { twice: true },
    strike: timesUntilMet(3, killCollector),
  });
  expect(load.tries.duplicate).toBeGreaterThan(load.tries.counted / 2);
});

test('the collector killed, with SPOOL_FSYNC', { timeout }, async () => {
  await undergo('collector killed 3 times, SPOOL_FSYNC=1', {
    env: { SPOOL_FSYNC: '1' },
    strike: timesUntilMet(3, killCollector),
  });
});

test('the engine killed at random moments: nobody outside notices', { timeout }, async () => {
  const load = await undergo(`engine killed ${KILLS} times`, { strike: times(KILLS, killEngine) });
  expect(load.tries).toMatchObject({ refused: 0, none: 0 });
});

test('both killed at once', { timeout }, async () => {
  await undergo(`collector and engine killed ${KILLS} times`, { strike: timesUntilMet(KILLS, killBoth) });
});

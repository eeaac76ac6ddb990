import type { TestEngine } from '../../packages/collector/src/engine/testing.ts';
import type { Question } from '../../packages/collector/src/query/stats/query.ts';
import { Dice } from '../../test/counting/dice.ts';
import { createClock, createRandom } from '../../test/support/clock.ts';
import { startTestCollector, type TestCollector } from '../../test/support/test-collector.ts';
import { dayOf, midnights } from './visits.ts';

/** What {@link sow} needs. */
export interface Sowing {
  readonly engine: TestEngine;
  /** Folder for what waits for the store; it is deleted at the end. */
  readonly spoolDir: string;
  readonly domain: string;
  readonly days: number;
  /** A day, on the average. */
  readonly visits: number;
  /** The same seed and end, the same rows. */
  readonly seed: number;
  /** Nothing happens later: Unix milliseconds. */
  readonly until: number;
  readonly told: (day: string) => void;
}

/** What is there afterwards, asked of the collector. */
export type Harvest = Readonly<Record<(typeof METRICS)[number], number>>;

const METRICS = ['visitors', 'visits', 'pageviews', 'events'] as const;
const TIME_ZONE = 'Europe/Berlin';

/** Fills a site through the doors of a collector whose clock is moved. @throws Error if the site is there already */
export const sow = async ({ engine, spoolDir, told, ...plan }: Sowing): Promise<Harvest> => {
  const days = midnights(plan.days, plan.until);
  const clock = createClock(days[0] ?? plan.until);
  const collector = await startTestCollector({
    engine,
    now: clock.now,
    random: createRandom(plan.seed),
    settings: { dataDir: spoolDir },
  });
  try {
    const added = await collector.api('POST', '/api/sites', {
      domain: plan.domain,
      name: 'The Corner Bakery',
      timezone: TIME_ZONE,
    });
    if (added.status !== 201)
      throw new Error(`${await said(added)}: name another one with --site, or another folder with --data.`);
    const dice = new Dice(createRandom(plan.seed + 1));
    for (const [index, midnight] of days.entries()) {
      await collector.collector.tick();
      for (const { at, beacon, client } of dayOf({ ...plan, dice }, midnight, index)) {
        if (at > plan.until) break;
        // What began before midnight may end after it: time does not go back.
        clock.set(Math.max(at, clock.now()));
        const sent = await collector.send(beacon, client);
        if (sent.status !== 202) throw new Error(`A beacon was answered ${sent.status}: ${await said(sent)}`);
      }
      told(new Date(midnight).toISOString().slice(0, 10));
    }
    await collector.flush();
    clock.set(plan.until);
    return await harvest(collector, plan.domain, days);
  } finally {
    await collector.stop();
  }
};

const said = async (answer: Response): Promise<string> => {
  const { error } = (await answer.json()) as { error?: { message?: string } };
  return error?.message ?? '';
};

const harvest = async (collector: TestCollector, domain: string, days: readonly number[]): Promise<Harvest> => {
  const day = (ms = 0): string => new Date(ms).toISOString().slice(0, 10);
  const question: Question = { site_id: domain, metrics: [...METRICS], date_range: [day(days[0]), day(days.at(-1))] };
  const { results } = await collector.query(question);
  return Object.fromEntries(METRICS.map((metric, at) => [metric, results[0]?.metrics[at] ?? 0])) as Harvest;
};

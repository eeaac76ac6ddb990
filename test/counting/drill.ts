import { startTestEngine } from '../../packages/collector/src/engine/testing.ts';
import { openGeo, type Place } from '../../packages/collector/src/privacy/geo.ts';
import { type Clock, createClock, createRandom } from '../support/clock.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';
import { Dice } from './dice.ts';
import type { Textbook } from './model.ts';
import { type Custom, createPeople, type Era, live, type Person } from './people.ts';
import { Questions } from './questions.ts';
import { Replay } from './replay.ts';
import { cityIn, regionIn, SITES, type TestSite } from './world.ts';

const era = (name: string, from: string, to: string): Era => ({
  name,
  from: Date.parse(`${from}:00Z`),
  to: Date.parse(`${to}:00Z`),
});

/**
 * Days around changes of clocks, with the midnights of all sites. They lie in the future because the store deletes old
 * hits by a clock that no test can set.
 */
export const ERAS: readonly Era[] = [
  era('Los Angeles springs forward', '2036-03-08T18:00', '2036-03-10T16:00'),
  era('Berlin and the Azores spring forward, there at midnight', '2036-03-29T10:00', '2036-03-31T08:00'),
  era('Lord Howe falls back by half an hour, and Santiago at midnight', '2036-04-05T06:00', '2036-04-07T08:00'),
  era('Berlin and the Azores fall back, there to midnight', '2036-10-25T10:00', '2036-10-27T10:00'),
];

/** What a drill is made of. The same seed, the same world and the same questions. */
export interface DrillOptions {
  readonly seed: number;
  readonly people: number;
  readonly custom?: Custom;
}

/** A collector, sites in six time zones, and people who visit them; and a textbook of each site, which is told the same. */
export class Drill {
  readonly replay: Replay;
  readonly sites: readonly TestSite[] = SITES;
  readonly #clock: Clock;
  #collector: TestCollector;
  readonly #begin: () => Promise<TestCollector>;
  readonly #dice: Dice;
  readonly #people: readonly Person[];
  readonly #custom: Custom | undefined;

  private constructor(
    collector: TestCollector,
    clock: Clock,
    begin: () => Promise<TestCollector>,
    { people, custom, seed }: DrillOptions,
  ) {
    const dice = new Dice(createRandom(seed));
    this.#collector = collector;
    this.#clock = clock;
    this.#begin = begin;
    this.#dice = dice;
    this.#people = createPeople(people, dice);
    this.#custom = custom;
    this.replay = new Replay(collector, clock);
  }

  static async start(options: DrillOptions): Promise<Drill> {
    const clock = createClock(ERAS[0]?.from ?? 0);
    const random = createRandom(options.seed + 1);
    const [engine, geo] = [await startTestEngine(), await movingGeo(clock)];
    const begin = (): Promise<TestCollector> => startTestCollector({ engine, now: clock.now, random, geo });
    const drill = new Drill(await begin(), clock, begin, options);
    for (const site of SITES) await drill.replay.add(site);
    return drill;
  }

  get collector(): TestCollector {
    return this.#collector;
  }

  get books(): readonly Textbook[] {
    return this.sites.map(({ domain }) => this.replay.book(domain));
  }

  /** Lets an era pass; at a time, Unix milliseconds, the collector may be started again. Gives the number of beacons. */
  async pass(each: Era, restart = Number.POSITIVE_INFINITY): Promise<number> {
    const sent = live(this.#people, this.sites, each, this.#dice, this.#custom);
    const [before, after] = [true, false].map((isBefore) =>
      sent.filter(({ arrival }) => arrival.at < restart === isBefore),
    );
    await this.replay.deliver(before ?? []);
    if (Number.isFinite(restart)) await this.#restart();
    await this.replay.deliver(after ?? []);
    return sent.length;
  }

  async #restart(): Promise<void> {
    await this.#collector.collector.close();
    this.#collector = await this.#begin();
    this.replay.restart(this.#collector);
  }

  /** Questions about a site as it is now. */
  questions(domain: string): Questions {
    return new Questions(domain, this.replay.book(domain), Math.floor(this.#clock.now() / 1000), this.#dice);
  }

  stop(): Promise<void> {
    return this.#collector.stop();
  }
}

/** Finds everybody's country, and another part of it every few hours. */
export const movingGeo = async ({ now }: Clock) => {
  const { place, attribution } = await openGeo();
  const exact = (address: string): Place => {
    const { country } = place(address);
    return { country, region: regionIn(country, now()), city: cityIn(country, now()) };
  };
  return { place: exact, attribution };
};

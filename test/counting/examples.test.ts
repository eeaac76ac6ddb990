import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DateRange, Filter, Metric, Question } from '../../packages/collector/src/query/stats/query.ts';
import type { Item } from '../../packages/sdk/src/wire.ts';
import { type Clock, createClock } from '../support/clock.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';
import { askTextbook } from './answer.ts';
import { type Moment, sendingsOf } from './by-hand.ts';
import { Replay } from './replay.ts';
import type { TestSite } from './world.ts';

/** A row of a table in docs/counting.md: the numbers of a range, or of one page in it. */
interface Row {
  readonly range: DateRange;
  readonly numbers: readonly (number | null)[];
  readonly page?: string;
}
const row = (range: DateRange, numbers: readonly (number | null)[], page?: string): Row => ({
  range,
  numbers,
  ...(page === undefined ? {} : { page }),
});

/** An example of docs/counting.md. */
interface Example {
  readonly name: string;
  readonly domain: string;
  readonly story: readonly Moment[];
  readonly metrics: readonly Metric[];
  readonly rows: readonly Row[];
  /** Entry and exit pages by day. */
  readonly pages?: readonly (readonly [day: string, entry: string, exit: string])[];
}

const VIEW: Item = { k: 'view' };
const seen = (seconds: number, percent: number): Item => ({ k: 'engage', ms: 1000 * seconds, sc: percent });

const [MONDAY, TUESDAY] = ['2036-06-02', '2036-06-03'];
const on = (day: string, time: string): string => `${day}T${time}+02:00`;
const hours = (from: string, to: string): DateRange => [on(MONDAY, `${from}:00`), on(MONDAY, `${to}:00`)];

const OVER_MIDNIGHT: readonly Moment[] = [
  [on(MONDAY, '23:50:00'), 1, '/a', VIEW],
  [on(MONDAY, '23:58:00'), 1, '/b', VIEW],
  [on(TUESDAY, '00:04:00'), 1, '/c', VIEW],
];

const EXAMPLES: readonly Example[] = [
  {
    name: 'over midnight',
    domain: 'midnight.example',
    story: OVER_MIDNIGHT,
    metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'],
    rows: [
      row([MONDAY, MONDAY], [1, 1, 2, 0, 480]),
      row([TUESDAY, TUESDAY], [1, 1, 1, 100, 0]),
      row([MONDAY, TUESDAY], [2, 2, 3, 50, 240]),
    ],
    pages: [
      [MONDAY, '/a', '/b'],
      [TUESDAY, '/c', '/c'],
    ],
  },
  {
    name: 'over midnight, with a view that comes late',
    domain: 'late.example',
    story: [...OVER_MIDNIGHT, [on(MONDAY, '23:59:00'), 1, '/d', VIEW, on(TUESDAY, '00:05:00')]],
    metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'],
    rows: [row([MONDAY, MONDAY], [1, 1, 3, 0, 540]), row([TUESDAY, TUESDAY], [1, 1, 1, 100, 0])],
    pages: [
      [MONDAY, '/a', '/d'],
      [TUESDAY, '/c', '/c'],
    ],
  },
  {
    name: 'over an hour',
    domain: 'hour.example',
    story: ['08:50:00', '09:10:00', '09:35:00', '15:00:00'].map((time) => [on(MONDAY, time), 1, '/', VIEW] as const),
    metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'],
    rows: [
      row(hours('08:00', '09:00'), [1, 1, 1, 0, 2700]),
      row(hours('09:00', '10:00'), [1, 0, 2, null, null]),
      row(hours('15:00', '16:00'), [1, 1, 1, 100, 0]),
      row(hours('08:00', '10:00'), [1, 1, 3, 0, 2700]),
      row([MONDAY, MONDAY], [1, 2, 4, 50, 1350]),
    ],
  },
  {
    name: 'with engagement',
    domain: 'engagement.example',
    story: [
      [on(MONDAY, '10:00:00'), 1, '/read', VIEW],
      [on(MONDAY, '10:05:55'), 1, '/read', seen(355, 100)],
      [on(MONDAY, '10:10:00'), 2, '/read', VIEW],
      [on(MONDAY, '10:10:05'), 2, '/read', seen(5, 20)],
      [on(MONDAY, '10:10:05'), 2, '/next', VIEW],
      [on(MONDAY, '10:10:15'), 2, '/next', seen(10, 50)],
    ],
    metrics: ['pageviews', 'visitors', 'entries', 'bounce_rate', 'exits', 'exit_rate', 'time_on_page', 'scroll_depth'],
    rows: [
      row([MONDAY, MONDAY], [2, 2, 2, 50, 1, 50, 180, 60], '/read'),
      row([MONDAY, MONDAY], [1, 1, 0, null, 1, 100, 10, 50], '/next'),
      row([MONDAY, MONDAY], [3, 2, 2, 50, 2, 66.7, 123, 57]),
    ],
  },
];

const siteOf = (domain: string): TestSite => ({
  domain,
  timezone: 'Europe/Berlin',
  hostnames: [domain],
  places: 'country',
});

let collector: TestCollector;
let replay: Replay;
let clock: Clock;

beforeAll(async () => {
  clock = createClock(Date.parse(on(MONDAY, '07:00:00')));
  collector = await startTestCollector({ now: clock.now });
  replay = new Replay(collector, clock);
  for (const { domain } of EXAMPLES) await replay.add(siteOf(domain));
  const told = EXAMPLES.flatMap(({ domain, story }) => sendingsOf(siteOf(domain), story));
  await replay.deliver(told.sort((a, b) => a.arrival.at - b.arrival.at));
  clock.set(Date.parse(on(TUESDAY, '12:00:00')));
});
afterAll(() => collector.stop());

/** What the collector and the textbook answer to one question: the numbers of all groups. */
const bothAnswer = async (question: Question): Promise<Readonly<Record<'collector' | 'textbook', unknown>>> => {
  const { results } = await collector.query(question);
  const { groups } = askTextbook(replay.book(String(question.site_id)), clock.now() / 1000)(question);
  return {
    collector: results.map(({ dimensions, metrics }) => [...dimensions, ...metrics]),
    textbook: [...groups].map(([key, numbers]) => [...JSON.parse(key), ...numbers]),
  };
};

describe.each(EXAMPLES)('the example of the document: $name', ({ domain, metrics, rows, pages = [] }) => {
  test.each(rows)('$range $page: $numbers', async ({ range, numbers, page }) => {
    const filters: Filter[] = page === undefined ? [] : [['is', 'event:page', [page]]];
    const answers = await bothAnswer({ site_id: domain, metrics, date_range: range, filters });
    expect(answers).toEqual({ collector: [numbers], textbook: [numbers] });
  });

  test.each(pages)('%s begins on %s and ends on %s', async (day, entry, exit) => {
    for (const [dimension, page] of [
      ['visit:entry_page', entry],
      ['visit:exit_page', exit],
    ] as const) {
      const asked = { site_id: domain, metrics: ['visits'], date_range: [day, day], dimensions: [dimension] } as const;
      expect(await bothAnswer(asked)).toEqual({ collector: [[page, 1]], textbook: [[page, 1]] });
    }
  });
});

/**
 * One word, one number: rows of random people as the intake makes them, and random questions, asked in ways that mean the
 * same. What the numbers are is for the model in test/counting.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import type { Hit } from '../../ingest/beacon.ts';
import { anonymous } from '../../ingest/visits/testing.ts';
import { createVisit } from '../../ingest/visits/visit.ts';
import { VisitMemory } from '../../ingest/visits/visit-memory.ts';
import { VisitorKeys } from '../../privacy/keys.ts';
import { batchOf } from '../../store/lines.ts';
import type { Row } from '../../store/row.ts';
import { type Store, variantOf } from '../../store/store.ts';
import { StoreError } from '../../store/store-error.ts';
import { row, SITE } from '../testing.ts';
import { createGathering } from './gathering.ts';
import { METRICS } from './metrics.ts';
import type { Answer, AnswerRow, Filter, FilterName, GroupName, Metric, Question } from './query.ts';
import { createQuery } from './run.ts';

const NOW = Date.parse('2026-06-11T01:30:00+02:00');
const FIRST = Date.parse('2026-06-08T00:00:00+02:00');
const MINUTE = 60_000;

/** Numbers that look random and are the same in each run. */
const createDice = (): ((sides: number) => number) => {
  let state = 20260608;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
};

const PAGES = ['/', '/a', '/b', '/a/b'];
const SOURCES = ['', 'Google', 'Bing', 'Mastodon'];

/** Ten browsers on three days, in small steps and with long breaks, over midnights too, some hits late. */
const rowsOfPeople = (): Row[] => {
  const dice = createDice();
  const pick = <T>(list: readonly T[]): T => list[dice(list.length)] as T;
  const keys = new VisitorKeys(FIRST);
  const visit = createVisit({ memory: new VisitMemory(1_000), random: () => (dice(2 ** 16) << 10) >>> 0 });
  const rows: Row[] = [];
  for (let at = FIRST; at < NOW; at += dice(6) * MINUTE + dice(60) * 1_000) {
    const who = dice(10);
    const happened = dice(8) === 0 ? at - dice(9) * MINUTE : at;
    const page = pick(PAGES);
    const base = anonymous(at);
    const view: Hit = { kind: 'view', at: happened };
    const event: Hit = {
      kind: 'event',
      at: happened,
      name: pick(['signup', 'buy', '404']),
      props: dice(2) === 0 ? { plan: pick(['pro', 'basic']) } : {},
      ...(dice(2) === 0 && { revenue: { amount: dice(9_000), currency: pick(['EUR', 'USD']) } }),
    };
    const [ms, scroll] = [dice(60_000), dice(100)];
    const engagement: Hit = { kind: 'engagement', at: happened, ms, scroll, viewMs: ms, viewScroll: scroll };
    const { rows: made } = visit({
      ...base,
      site: SITE,
      browserKey: keys.browserKey(SITE.id, `192.0.2.${who}`, 'agent', at),
      page: { hostname: pick(['example.com', 'www.example.com']), path: page, title: `Title of ${page}` },
      props: dice(2) === 0 ? { author: pick(['Ann', 'Bob']) } : {},
      screen: pick(['s', 'l']),
      via: dice(9) === 0 ? 'image' : '',
      origin: { ...base.origin, source: pick(SOURCES), utm_campaign: pick(['', 'spring', 'summer']) },
      client: { ...base.client, browser: `Browser ${who % 3}`, country: pick(['DE', 'FR', '']) },
      items: [pick([view, view, event, engagement])],
    });
    rows.push(...made);
  }
  return rows.map((row) => ({ ...row, hit_until: '2099-12-31' }));
};

/** What belongs to no visit. */
const rowsOfNobody = (): Row[] =>
  ['2026-06-08', '2026-06-09', '2026-06-10'].flatMap((day, index) => [
    row(`${day}T00:00:00+02:00`, { kind: 'drop', name: 'bot', events: 2 + index }),
    row(`${day}T00:00:00+02:00`, { kind: 'open', name: 'June letter', events: 7 * index }),
  ]);

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  await engine.store.insert(batchOf(rowsOfPeople(), 'people'));
  await engine.store.insert(batchOf(rowsOfNobody(), 'nobody'));
});
afterAll(() => engine.stop());

type Asking = Omit<Question, 'site_id'>;

const ask = (asking: Asking, only?: { source: 'hits' }, sliceHits?: number): Promise<Answer> =>
  createQuery({ store: engine.store, now: () => NOW, ...(sliceHits !== undefined && { sliceHits }) }).ask(
    { site_id: 'example.com', pagination: { limit: 10_000 }, ...asking },
    SITE,
    '2026-06-08',
    only,
  );

const ALL = (Object.keys(METRICS) as Metric[]).filter((metric) => METRICS[metric].count !== 'revenue');

const VALUES: Readonly<Partial<Record<FilterName, readonly string[]>>> = {
  'event:page': PAGES,
  'event:title': ['Title of /', 'Title of /a'],
  'event:hostname': ['example.com', 'www.example.com'],
  'event:name': ['signup', 'buy', ''],
  'event:via': ['image', ''],
  'event:props:plan': ['pro', 'basic', ''],
  'event:props:author': ['Ann', ''],
  'visit:entry_page': PAGES,
  'visit:exit_page': ['/', '/b', ''],
  'visit:source': SOURCES,
  'visit:utm_campaign': ['spring', ''],
  'visit:browser': ['Browser 0', 'Browser 1'],
  'visit:screen': ['s', 'l'],
  'visit:country': ['DE', 'FR', ''],
};
const NAMES = Object.keys(VALUES) as FilterName[];

const name = fc.constantFrom(...NAMES);
const comparison: fc.Arbitrary<Filter> = name.chain((of) =>
  fc.tuple(
    fc.constantFrom('is', 'is', 'is_not', 'contains', 'contains_not', 'matches', 'matches_not'),
    fc.constant(of),
    fc.uniqueArray(fc.constantFrom(...(VALUES[of] ?? [])), { minLength: 1, maxLength: 2 }),
  ),
);
const filter: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 4, arbitrary: comparison },
  { weight: 1, arbitrary: fc.tuple(fc.constant('not'), comparison) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom('and', 'or'), fc.array(comparison, { minLength: 1, maxLength: 2 })),
  },
);
const time = fc.constantFrom<GroupName>('time:day', 'time:hour');
const dimensions = fc.oneof<fc.Arbitrary<GroupName[]>[]>(
  fc.constant([]),
  time.map((of) => [of]),
  name.map((of) => [of]),
  fc.uniqueArray(name, { minLength: 2, maxLength: 2 }),
  fc.tuple(time, name),
  fc.constant(['event:property']),
);
const date_range = fc.constantFrom<Question['date_range']>(
  '7d',
  'day',
  '24h',
  ['2026-06-09', '2026-06-10'],
  ['2026-06-08T00:00:00+02:00', '2026-06-10T12:00:00+02:00'],
  ['2026-06-09T10:00:00+02:00', '2026-06-09T13:00:00+02:00'],
  ['2026-06-08T22:00:00+02:00', '2026-06-10T02:00:00+02:00'],
);
const question = fc.record({ dimensions, filters: fc.array(filter, { maxLength: 2 }), date_range });

/** What fails is told as it is: to make it smaller takes longer than to read it. */
const RUNS = { numRuns: 15, seed: 11, endOnFailure: true };

/** The rows of an answer, in any order. */
const sorted = ({ results }: Answer): AnswerRow[] =>
  results.toSorted((a, b) => (a.dimensions.join('\n') < b.dimensions.join('\n') ? -1 : 1));

test('sums and single hits say the same', async () => {
  await fc.assert(
    fc.asyncProperty(question, async (asking) => {
      const [chosen, hits] = await Promise.all([
        ask({ ...asking, metrics: ALL }),
        ask({ ...asking, metrics: ALL }, { source: 'hits' }),
      ]);
      expect(sorted(chosen)).toEqual(sorted(hits));
    }),
    RUNS,
  );
});

test('a metric alone is what it is beside others, and so are the groups and their number', async () => {
  await fc.assert(
    fc.asyncProperty(question, fc.constantFrom(...ALL), async (asking, metric) => {
      const [together, alone] = await Promise.all([
        ask({ ...asking, metrics: ALL }),
        ask({ ...asking, metrics: [metric], include: { total_rows: true } }),
      ]);
      const index = ALL.indexOf(metric);
      expect(sorted(alone)).toEqual(sorted(together).map((row) => ({ ...row, metrics: [row.metrics[index]] })));
      expect(alone.meta.total_rows).toBe(alone.results.length);
    }),
    RUNS,
  );
});

test('some days at a time say the same as all at once, in the same order', async () => {
  const order = fc.record({
    metrics: fc.shuffledSubarray(ALL, { minLength: 2 }),
    order_by: fc.option(fc.tuple(fc.constantFrom(...ALL), fc.constantFrom('asc', 'desc')), { nil: undefined }),
    pagination: fc.record({ limit: fc.constantFrom(3, 10_000), offset: fc.nat(3) }),
    how: fc.constantFrom('group', 'filter', 'both', 'page'),
  });
  const most = fc.constantFrom(1, 500);
  await fc.assert(
    fc.asyncProperty(question, order, most, async (asking, { metrics, order_by, pagination, how }, sliceHits) => {
      const isGrouped = how !== 'filter' && asking.dimensions.length < 3;
      const by: Filter = how === 'page' ? ['is', 'event:page', ['/', '/a']] : ['is_not', 'visit:exit_page', ['/b']];
      const exits = {
        ...asking,
        metrics,
        dimensions: [
          ...new Set<GroupName>([...asking.dimensions, ...(isGrouped ? (['visit:exit_page'] as const) : [])]),
        ],
        filters: how === 'group' ? asking.filters : [...asking.filters, by],
        ...(order_by && metrics.includes(order_by[0]) && { order_by: [order_by] }),
        pagination,
        include: { total_rows: true, comparisons: { mode: 'previous_period' as const } },
      };
      expect(await ask(exits, undefined, sliceHits)).toEqual(await ask(exits));
    }),
    { ...RUNS, numRuns: 40 },
  );
});

test('what is too much for the store at once is asked in shares of the groups, and says the same in the same order', async () => {
  const order = fc.record({
    metrics: fc.shuffledSubarray(ALL, { minLength: 1, maxLength: 4 }),
    direction: fc.constantFrom('asc' as const, 'desc' as const),
    pagination: fc.record({ limit: fc.constantFrom(3, 10_000), offset: fc.nat(3) }),
  });
  /** Refuses whatever is not asked in so many shares. */
  const refusing = (among: number): { store: Store; asked: () => number } => {
    let asked = 0;
    const query: Store['query'] = (sql, params, options) => {
      const isShare = Object.values(params ?? {}).includes(among) && sql.includes('CRC32');
      if (isShare) asked += 1;
      else if (sql.includes(' OFFSET '))
        return Promise.reject(new StoreError('', 'refused', 241, 'Query memory limit exceeded'));
      return engine.store.query(sql, params, options);
    };
    return { store: variantOf(engine.store, { query }), asked: () => asked };
  };
  await fc.assert(
    fc.asyncProperty(question, order, async ({ dimensions: of, ...rest }, { metrics, direction, pagination }) => {
      const named = of.filter((one) => !one.startsWith('time:'));
      const asking: Asking = {
        ...{ ...rest, metrics, pagination, dimensions: named.length > 0 ? of : ['event:page'] },
        order_by: [[metrics[0] as Metric, direction]],
        include: { total_rows: true },
      };
      const { store, asked } = refusing(8);
      const found = await createQuery({ store, now: () => NOW }).ask(
        { site_id: 'example.com', ...asking },
        SITE,
        '2026-06-08',
      );
      expect(found).toEqual(await ask(asking));
      expect(asked()).toBeGreaterThanOrEqual(8);
    }),
    { ...RUNS, numRuns: 8 },
  );
  const { store, asked } = refusing(64);
  const of: Question = { site_id: 'example.com', metrics: ['visitors'], date_range: '7d', dimensions: ['event:title'] };
  const found = await createQuery({ store, now: () => NOW }).ask(of, SITE, '2026-06-08');
  expect([found.results.length, asked()]).toEqual([4, 64]);
});

/** Asks some at once, as one request does, and says how many statements that took. */
const askTogether = async (asked: readonly Asking[]): Promise<{ answers: Answer[]; statements: number }> => {
  let statements = 0;
  const store = variantOf(engine.store, {
    query: (sql, params) => {
      statements += 1;
      return engine.store.query(sql, params);
    },
  });
  const asker = { account: 'ann', signal: new AbortController().signal };
  const count = createGathering((_, job) => job(store)).counterFor(asker);
  const query = createQuery({ store, now: () => NOW, count });
  const answers = await Promise.all(
    asked.map((one) =>
      query.ask({ site_id: 'example.com', pagination: { limit: 10_000 }, ...one }, SITE, '2026-06-08'),
    ),
  );
  return { answers, statements };
};

test('questions asked together are answered as each by itself', async () => {
  const list = fc.record({
    dimensions: fc.oneof(dimensions, fc.constantFrom<GroupName[]>([], ['time:week'], ['event:page'])),
    metrics: fc.shuffledSubarray(ALL, { minLength: 1, maxLength: 4 }),
    direction: fc.option(fc.constantFrom('asc' as const, 'desc' as const), { nil: undefined }),
    pagination: fc.record({ limit: fc.constantFrom(2, 10_000), offset: fc.nat(2) }),
    total_rows: fc.boolean(),
    isCompared: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      question,
      fc.array(list, { minLength: 2, maxLength: 7 }),
      async ({ filters, date_range }, lists) => {
        const asked = lists.map(
          ({ dimensions, metrics, direction, pagination, total_rows, isCompared }): Asking => ({
            ...{ filters, date_range, dimensions, metrics, pagination },
            ...(direction && { order_by: [[metrics[0] as Metric, direction]] }),
            include: { total_rows, ...(isCompared && { comparisons: { mode: 'previous_period' } }) },
          }),
        );
        const { answers } = await askTogether(asked);
        expect(answers).toEqual(await Promise.all(asked.map((one) => ask(one))));
      },
    ),
    RUNS,
  );
});

test.each<[string, readonly Filter[], readonly GroupName[], number]>([
  // The figures, the series and whom a percentage is of come from the same rows of sums, and all lists from others.
  ['without filters', [], ['event:page', 'visit:source', 'event:name'], 2],
  ['by source', [['is', 'visit:source', ['Google']]], ['event:page', 'visit:browser', 'event:name'], 2],
  [
    'by two dimensions',
    [
      ['is', 'visit:source', ['Google']],
      ['is', 'event:page', ['/a']],
    ],
    ['event:page', 'visit:browser', 'event:name', 'event:title'],
    2,
  ],
])('the questions of a screen share their statements: %s', async (_name, filters, lists, most) => {
  const of = { filters, date_range: '7d' } as const;
  const { answers, statements } = await askTogether([
    { ...of, metrics: ['visitors', 'pageviews'] },
    { ...of, metrics: ['visitors'], dimensions: ['time:day'] },
    ...lists.map((dimension): Asking => ({ ...of, metrics: ['visitors', 'percentage'], dimensions: [dimension] })),
  ]);
  expect(answers.every(({ results }) => results.length > 0)).toBe(true);
  expect(statements).toBe(most);
});

test.each<[string, readonly Filter[], number]>([
  ['without filters', [], 4],
  ['by source', [['is', 'visit:source', ['Google']]], 6],
])('so do their comparisons, and what belongs to no visit: %s', async (_name, filters, most) => {
  const include = { comparisons: { mode: 'previous_period' } } as const;
  const of = { filters, date_range: ['2026-06-09', '2026-06-09'], include, metrics: ['visitors'] } as const;
  const asked: readonly Asking[] = [
    of,
    ...(['event:page', 'visit:browser', 'event:name'] as const).map((name) => ({ ...of, dimensions: [name] })),
    ...(['drop:reason', 'open:name'] as const).map(
      (name): Asking => ({ ...of, filters: [], metrics: ['events'], dimensions: [name] }),
    ),
  ];
  const { answers, statements } = await askTogether(asked);
  expect(answers).toEqual(await Promise.all(asked.map((one) => ask(one))));
  expect(answers.every(({ results }) => results.length > 0)).toBe(true);
  expect(statements).toBe(most);
});

test('what sorts all visits is asked for some days at a time, and nothing else is', async () => {
  const statements = async (dimensions: readonly GroupName[], sliceHits: number): Promise<number> => {
    let asked = 0;
    const store = variantOf(engine.store, {
      query: (sql, params) => {
        asked += sql.includes('max_result_bytes') ? 1 : 0;
        return engine.store.query(sql, params);
      },
    });
    const of: Question = { site_id: 'example.com', metrics: ['visitors'], date_range: '7d', dimensions };
    await createQuery({ store, now: () => NOW, sliceHits }).ask(of, SITE, '2026-06-08');
    return asked;
  };
  expect(await statements(['visit:exit_page'], 1)).toBe(4);
  expect(await statements(['visit:exit_page'], 10_000_000)).toBe(0);
  expect(await statements(['event:title'], 1)).toBe(0);
});

test('it does not matter how a set of values is written', async () => {
  const sets: readonly (readonly Filter[])[] = [
    [
      ['is', 'event:page', ['/b']],
      ['is', 'event:page', ['/b', '/none']],
      [
        'or',
        [
          ['is', 'event:page', ['/b']],
          ['is', 'event:page', ['/none']],
        ],
      ],
      [
        'and',
        [
          ['contains', 'event:page', ['/b']],
          ['is_not', 'event:page', ['/a/b']],
        ],
      ],
      ['not', ['is', 'event:page', ['/', '/a', '/a/b']]],
    ],
    [
      ['is', 'visit:source', ['Google', 'Mastodon']],
      ['contains', 'visit:source', ['OO', 'mast']],
      ['is_not', 'visit:source', ['', 'Bing']],
    ],
    [
      ['is', 'event:name', ['buy']],
      ['contains', 'event:name', ['UY']],
      ['is_not', 'event:name', ['signup', '404', '']],
    ],
    [
      ['is', 'visit:country', ['']],
      ['is_not', 'visit:country', ['DE', 'FR']],
      ['not', ['contains', 'visit:country', ['E', 'F']]],
    ],
  ];
  for (const set of sets)
    for (const dimensions of [[], ['time:day'], ['event:page'], ['visit:source']] as const) {
      const answers = await Promise.all(
        set.flatMap((of) => [
          ask({ metrics: ALL, date_range: '7d', dimensions, filters: [of] }),
          ask({ metrics: ['visitors'], date_range: '7d', dimensions, filters: [of] }),
        ]),
      );
      const [first, second] = answers;
      expect(first?.results.length).toBeGreaterThan(0);
      for (const [index, answer] of answers.entries())
        expect(answer.results).toEqual((index % 2 === 0 ? first : second)?.results);
    }
});

test('hours add up to their day, but for visitors', async () => {
  const metrics: Metric[] = ['visits', 'pageviews', 'events', 'entries', 'bounces', 'exits'];
  const added = ({ results }: Answer): number[] =>
    metrics.map((_, index) => results.reduce((sum, { metrics: of }) => sum + (of[index] ?? 0), 0));
  for (const filters of [[], [['is', 'event:page', ['/a']]], [['is_not', 'visit:source', ['Bing']]]] as const) {
    const of = { metrics, date_range: ['2026-06-09', '2026-06-10'], filters } as const;
    const [day, hours, days, parts] = await Promise.all([
      ask(of),
      ask({ ...of, dimensions: ['time:hour'] }),
      ask({ ...of, dimensions: ['time:day'] }),
      Promise.all(
        [
          ['2026-06-09T00:00:00+02:00', '2026-06-09T09:00:00+02:00'],
          ['2026-06-09T09:00:00+02:00', '2026-06-11T00:00:00+02:00'],
        ].map(([from = '', to = '']) => ask({ ...of, date_range: [from, to] })),
      ),
    ]);
    expect(added(hours)).toEqual(added(day));
    expect(added(days)).toEqual(added(day));
    expect(added({ ...day, results: parts.flatMap(({ results }) => results) })).toEqual(added(day));
  }
});

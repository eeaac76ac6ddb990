import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestCluster, startTestEngine, type TestEngine } from '../../packages/collector/src/engine/testing.ts';
import { createCurrentVisitors } from '../../packages/collector/src/query/live/current-visitors.ts';
import type { LogsQuestion } from '../../packages/collector/src/query/logs/logs.ts';
import { createLogs } from '../../packages/collector/src/query/logs/run.ts';
import { createFirstDay } from '../../packages/collector/src/query/stats/first-day.ts';
import { parseQuestion } from '../../packages/collector/src/query/stats/parse.ts';
import type { Question } from '../../packages/collector/src/query/stats/query.ts';
import { createQuery } from '../../packages/collector/src/query/stats/run.ts';
import { FIRST, row, SITE, visit } from '../../packages/collector/src/query/testing.ts';
import { batchOf } from '../../packages/collector/src/store/lines.ts';
import type { Row } from '../../packages/collector/src/store/row.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';
import { emptyTables } from '../support/rows.ts';

/** A cluster of two shards of which nobody answers for the second: who asks it, or joins across shards, fails. */
let cluster: TestEngine;
let single: TestEngine;
/** Sites on the shard that is there, and on the one that is not. */
let here: string;
let away: string;
beforeAll(async () => {
  [cluster, single] = await Promise.all([startTestCluster({ absentShard: true }), startTestEngine()]);
  const shards = await cluster.store.query<{ site: string; shard: number }>(
    "SELECT concat('site', toString(number)) AS site, toUInt32(cityHash64(site) % 2) AS shard FROM numbers(20)",
  );
  here = shards.find(({ shard }) => shard === 0)?.site ?? '';
  away = shards.find(({ shard }) => shard === 1)?.site ?? '';
});
afterAll(() => Promise.all([cluster?.stop(), single?.stop()]));
beforeEach(async () => {
  for (const { store } of [cluster, single]) await emptyTables(store);
});

const NOW = '2026-06-10T15:30:00+02:00';
const rowsOf = (site: string): Row[] => [
  ...visit('11', '2026-06-09T10:15:00+02:00', { site, source: 'Google', country: 'DE', entry_page: '/' }, [
    { page: '/', ...FIRST },
    { page: '/a', prev_page: '/', seconds: 60, bounces: -1, page_visits: 1, page_visitors: 1 },
    { page: '/a', name: 'signup', seconds: 40, event_visits: 1, event_visitors: 1 },
  ]),
  ...visit('12', '2026-06-10T15:27:00+02:00', { site, country: 'FR', entry_page: '/a' }, [{ page: '/a', ...FIRST }]),
  row('2026-06-09T10:17:00+02:00', {
    site,
    kind: 'error',
    visit: '11',
    page: '/a',
    severity: 'error',
    message: 'no',
    fingerprint: 'f',
  }),
  row('2026-06-09T10:18:00+02:00', { site, kind: 'log', severity: 'warn', message: 'slow', page: '/a' }),
];

const rowsIn = async (store: Store): Promise<unknown> => {
  const [counts] = await store.query(`SELECT (SELECT toUInt32(count()) FROM hits_local) AS hits,
    (SELECT toUInt32(sum(views)) FROM sums_local WHERE dimension = 0) AS views,
    (SELECT toUInt32(count()) FROM logs_local) AS logs`);
  return counts;
};

describe('a batch', () => {
  it('is stored once on its shard, however often it comes', async () => {
    for (let i = 0; i < 3; i++) await cluster.store.insert(batchOf(rowsOf(here), 'again'));
    expect(await rowsIn(cluster.store)).toEqual({ hits: 5, views: 3, logs: 2 });
    await cluster.store.insert(batchOf(rowsOf(here), 'another'));
    expect(await rowsIn(cluster.store)).toEqual({ hits: 10, views: 6, logs: 4 });
  });

  it('of a shard that is away is not taken for stored', async () => {
    const refused = { name: 'StoreError', outcome: 'unknown' };
    await expect(cluster.store.insert(batchOf(rowsOf(away), 'away'))).rejects.toMatchObject(refused);
    for (let i = 0; i < 2; i++)
      await expect(cluster.store.insert(batchOf([...rowsOf(here), ...rowsOf(away)], 'both'))).rejects.toMatchObject(
        refused,
      );
    expect(await rowsIn(cluster.store)).toMatchObject({ hits: expect.toSatisfy((hits) => hits === 0 || hits === 5) });
  });
});

/** One of each way in which a statement is made. */
const QUESTIONS: readonly Omit<Question, 'site_id'>[] = [
  { metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'], date_range: '7d' },
  {
    metrics: ['visitors', 'pageviews'],
    date_range: '7d',
    dimensions: ['time:day'],
    include: { comparisons: { mode: 'previous_period' } },
  },
  { metrics: ['visitors'], date_range: '24h', dimensions: ['time:hour'] },
  { metrics: ['visitors', 'pageviews'], date_range: '7d', dimensions: ['event:page'], include: { total_rows: true } },
  { metrics: ['visits', 'bounce_rate'], date_range: '7d', dimensions: ['visit:exit_page'] },
  { metrics: ['visits'], date_range: '7d', dimensions: ['visit:source'], filters: [['is', 'visit:country', ['DE']]] },
  { metrics: ['visits', 'bounce_rate', 'visit_duration'], date_range: '7d', filters: [['is', 'event:page', ['/a']]] },
  {
    metrics: ['visitors', 'visits', 'bounce_rate', 'visit_duration'],
    date_range: '7d',
    dimensions: ['visit:exit_page', 'event:page'],
    filters: [
      ['contains', 'event:page', ['a']],
      ['not', ['is', 'event:name', ['x']]],
    ],
    include: { total_rows: true },
  },
];
const LOGS: readonly LogsQuestion[] = [
  { site_id: SITE.domain, view: 'records', date_range: '7d', search: 'slow' },
  { site_id: SITE.domain, view: 'problems', date_range: '7d' },
];

describe('a question about a site', () => {
  const now = (): number => Date.parse(NOW);
  const siteCalled = (id: string) => ({ ...SITE, id });
  const ask = async (store: Store, question: Omit<Question, 'site_id'>, id: string) =>
    createQuery({ store, now }).ask(parseQuestion({ ...question, site_id: SITE.domain }), siteCalled(id), '2026-06-01');

  beforeEach(async () => {
    for (const { store } of [cluster, single]) await store.insert(batchOf(rowsOf(here), 'rows'));
  });

  it.each(QUESTIONS.map((question) => ({ question, name: JSON.stringify(question) })))(
    'is asked of its shard alone: $name',
    async ({ question }) => {
      const answer = await ask(cluster.store, question, here);
      expect(answer).toEqual(await ask(single.store, question, here));
      expect(JSON.stringify(answer.results)).toMatch(/[1-9]/);
      await expect(ask(cluster.store, question, away)).rejects.toMatchObject({ name: 'StoreError' });
    },
  );

  it.each(LOGS)('is asked of its shard alone: logs, $view', async (question) => {
    const answer = await createLogs({ store: cluster.store, now }).ask(question, siteCalled(here));
    expect(answer).toEqual(await createLogs({ store: single.store, now }).ask(question, siteCalled(here)));
    expect(answer.total).toBe(1);
  });

  it('is asked of its shard alone: now, and the first day', async () => {
    expect(await createCurrentVisitors({ store: cluster.store, now }).ask(siteCalled(here))).toEqual({
      visitors: 1,
      hits: true,
    });
    expect(await createFirstDay({ store: cluster.store, now })(siteCalled(here))).toBe('2026-06-09');
  });
});

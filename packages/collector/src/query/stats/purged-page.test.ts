/** Of a page that was purged the visits stay counted: each number is the same, however it is asked for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { event, startVisits, view } from '../../ingest/visits/testing.ts';
import { createPurge, EVERYTHING, type Part } from '../../sites/purge/purge.ts';
import type { Site } from '../../sites/site.ts';
import { batchOf } from '../../store/lines.ts';
import { SITE } from '../testing.ts';
import type { Filter, Metric, Question } from './query.ts';
import { createQuery } from './run.ts';

const at = (time: string): number => Date.parse(`2026-06-10T${time}:00+02:00`);
const NOW = at('20:00');

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

/** A visit to some pages, one to the last of them alone, and one without a view. */
const fill = async (id: string, pages: readonly string[]): Promise<Site> => {
  const { send } = startVisits(100, { hitsDays: 3650 });
  const rows = [
    ...pages.flatMap((page, minute) => {
      const when = at(`08:0${minute}`);
      return send(when, { who: 'ann', page, items: [view(when)] });
    }),
    ...send(at('09:00'), { who: 'ben', page: pages.at(-1) ?? '', items: [view(at('09:00'))] }),
    ...send(at('09:30'), { who: 'cem', page: '/', items: [event(at('09:30'))] }),
  ];
  await engine.store.insert(
    batchOf(
      rows.map((row) => ({ ...row, site: id })),
      id,
    ),
  );
  return { ...SITE, id };
};

/** Ways of asking for everything. */
const FORMS: readonly Partial<Question>[] = [
  {},
  { filters: [['is_not', 'visit:device', ['none']]] },
  { filters: [['not', ['is', 'event:title', ['none']]]] },
  { filters: [['contains', 'event:page', ['']]] },
  { filters: [['contains', 'visit:exit_page', ['']]] },
  { dimensions: ['visit:browser'] },
  { dimensions: ['event:hostname'], filters: [['contains', 'event:page', ['']]] },
  { date_range: ['2026-06-10T07:00:00+02:00', '2026-06-10T20:00:00+02:00'] },
];

const METRICS: Metric[] = ['exits', 'pageviews', 'visits', 'entries'];

const page = (of: string): Partial<Part> => ({ page: of });
const hits = (of: string): Partial<Part> => ({ said: [{ dimension: 'event:page', value: of }] });

test.each<[pages: string[], purges: Partial<Part>[], exits: number, views: number]>([
  [['/c'], [page('/c')], 0, 2],
  [['/a', '/b', '/c'], [page('/b')], 2, 4],
  [['/a', '/b', '/c'], [page('/c')], 0, 4],
  [['/a', '/c', '/c'], [page('/c')], 0, 4],
  [['/a', '/b', '/c'], [page('/a'), page('/b')], 2, 4],
  [['/a', '/b', '/c'], [page('/c'), hits('/b')], 0, 3],
  [['/a', '/b', '/c'], [hits('/b'), page('/a')], 2, 3],
])('%j without %j has %i exits', async (pages, purges, exits, views) => {
  const site = await fill(`site ${JSON.stringify([pages, purges])}`, pages);
  const purge = createPurge(engine.store, engine.topology);
  for (const part of purges) await purge.purge(site, { ...EVERYTHING, ...part }, (job) => job());
  const query = createQuery({ store: engine.store, now: () => NOW });
  const ask = (asking: Partial<Question>, only?: { source: 'hits' }) =>
    query.ask({ site_id: 'example.com', metrics: METRICS, date_range: 'day', ...asking }, site, '2026-06-10', only);
  for (const only of [undefined, { source: 'hits' } as const])
    for (const form of FORMS)
      expect([form, (await ask(form, only)).results.map(({ metrics }) => metrics)]).toEqual([
        form,
        [[exits, views, 3, 3]],
      ]);

  const nameless: Filter[] = [['is', 'visit:exit_page', ['']]];
  for (const only of [undefined, { source: 'hits' } as const]) {
    const metrics: Metric[] = ['exits', 'visits'];
    expect((await ask({ metrics, filters: nameless }, only)).results[0]?.metrics).toEqual([0, 3 - exits]);
    const byPage = (await ask({ metrics, dimensions: ['visit:exit_page'] }, only)).results;
    expect(byPage).toEqual(exits === 0 ? [] : [{ dimensions: ['/c'], metrics: [2, 2] }]);
    const byHour = (await ask({ metrics, dimensions: ['time:hour'] }, only)).results;
    expect(byHour.reduce((sum, { metrics: [number] }) => sum + (number ?? 0), 0)).toBe(exits);
  }
});

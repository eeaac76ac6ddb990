import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { batchOf } from '../../store/lines.ts';
import { FIRST, row, SITE, visit } from '../testing.ts';
import type { Live } from './live.ts';
import { createLiveQuestion } from './run.ts';

const at = (time: string): number => Date.parse(time) / 1000;
/** Three minutes past a local midnight. */
const NOW = at('2026-06-10T00:03:20+02:00');

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  const rows = [
    // Goes on past midnight; it is on its second page now.
    ...visit('1', '2026-06-09T23:45:10+02:00', { source: 'Google', country: 'DE' }, [
      { page: '/', ...FIRST },
      { page: '/a', seconds: 1000 },
      { page: '/a', name: 'signup', seconds: 60 },
    ]),
    ...visit('2', '2026-06-10T00:03:00+02:00', { country: 'DE' }, [{ page: '/a', name: 'signup', ...FIRST }]),
    ...visit('3', '2026-06-10T00:03:10+02:00', { source: 'Bing', country: 'FR' }, [
      { page: '/', ...FIRST },
      { page: '/b', ...FIRST },
    ]),
    // Five minutes ago to the second, and a second less.
    ...visit('4', '2026-06-09T23:58:20+02:00', { source: 'Google', country: 'US' }, [{ page: '/old', ...FIRST }]),
    ...visit('5', '2026-06-09T23:58:21+02:00', { source: 'Google', country: 'US' }, [{ page: '/a', ...FIRST }]),
    // The minute thirty minutes ago, and the last second before it.
    ...visit('6', '2026-06-09T23:34:00+02:00', {}, [{ page: '/', ...FIRST }]),
    ...visit('7', '2026-06-09T23:33:59+02:00', {}, [{ page: '/', ...FIRST }]),
    // What is not seen: other kinds, no visit, another site, later than now.
    row('2026-06-10T00:03:00+02:00', { kind: 'engagement', visit: '8', page: '/no' }),
    row('2026-06-10T00:03:00+02:00', { kind: 'error', page: '/no' }),
    ...visit('9', '2026-06-10T00:03:00+02:00', { site: 'other' }, [{ page: '/no', ...FIRST }]),
    ...visit('10', '2026-06-10T00:03:21+02:00', {}, [{ page: '/no', ...FIRST }]),
    ...Array.from({ length: 12 }, (_, index) =>
      visit(String(100 + index), '2026-06-10T00:03:00+02:00', { site: 'busy' }, [{ page: `/${index}`, ...FIRST }]),
    ).flat(),
  ];
  await engine.store.insert(batchOf(rows, 'rows'));
});
afterAll(() => engine.stop());

const ask = (id: string, second = NOW): Promise<Live> =>
  createLiveQuestion({ store: engine.store, now: () => second * 1000 + 999 })({ ...SITE, id });

test('who is there, and on which page', async () => {
  const { minutes, ...rest } = await ask('site');
  expect(rest).toEqual({
    at: NOW,
    visitors: 4,
    pages: [
      { value: '/a', visitors: 3 },
      { value: '/b', visitors: 1 },
    ],
    sources: [
      { value: 'Google', visitors: 2 },
      { value: 'Bing', visitors: 1 },
    ],
    countries: [
      { value: 'DE', visitors: 2 },
      { value: 'FR', visitors: 1 },
      { value: 'US', visitors: 1 },
    ],
  });
});

test('the last thirty minutes', async () => {
  const { minutes } = await ask('site');
  expect(minutes.map(({ start }) => start)).toEqual(
    Array.from({ length: 30 }, (_, index) => at('2026-06-09T23:34:00+02:00') + 60 * index),
  );
  expect(minutes.filter(({ views, visitors }) => views + visitors > 0)).toEqual([
    { start: at('2026-06-09T23:34:00+02:00'), views: 1, visitors: 1 },
    { start: at('2026-06-09T23:45:00+02:00'), views: 1, visitors: 1 },
    { start: at('2026-06-09T23:58:00+02:00'), views: 2, visitors: 2 },
    { start: at('2026-06-10T00:01:00+02:00'), views: 1, visitors: 1 },
    { start: at('2026-06-10T00:02:00+02:00'), views: 0, visitors: 1 },
    { start: at('2026-06-10T00:03:00+02:00'), views: 2, visitors: 2 },
  ]);
});

it.each([
  ['nothing', "'", 0, 0],
  ['at most ten values', 'busy', 12, 10],
])('%s', async (_name, id, visitors, values) => {
  const live = await ask(id);
  expect([live.visitors, live.pages.length]).toEqual([visitors, values]);
});

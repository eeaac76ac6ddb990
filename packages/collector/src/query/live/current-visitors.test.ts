import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { batchOf } from '../../store/lines.ts';
import { createFirstDay } from '../stats/first-day.ts';
import { FIRST, row, SITE, visit } from '../testing.ts';
import { createCurrentVisitors } from './current-visitors.ts';

const NOW = Date.parse('2026-06-10T00:03:00+02:00');

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  await engine.store.insert(
    batchOf(
      [
        // Goes on past midnight, with two hits within the five minutes.
        ...visit('1', '2026-06-09T23:50:00+02:00', {}, [
          { page: '/', ...FIRST },
          { page: '/a', seconds: 600 },
          { page: '/b', seconds: 60 },
        ]),
        ...visit('2', '2026-06-10T00:02:00+02:00', {}, [{ page: '/', name: 'signup', ...FIRST }]),
        // Five minutes ago to the second.
        ...visit('3', '2026-06-09T23:58:00+02:00', {}, [{ page: '/', ...FIRST }]),
        row('2026-06-10T00:02:30+02:00', { kind: 'engagement', visit: '4' }),
        row('2026-06-10T00:02:30+02:00', { kind: 'error' }),
        row('2026-06-01T00:00:00+02:00', { kind: 'drop', name: 'bot', events: 1 }),
        row('2026-06-10T00:00:00+02:00', { kind: 'drop', name: 'bot', events: 1, site: 'refused' }),
      ],
      'rows',
    ),
  );
});
afterAll(() => engine.stop());

describe('now', () => {
  it.each([
    ['site', { visitors: 2, hits: true }],
    ['refused', { visitors: 0, hits: false }],
    ["'", { visitors: 0, hits: false }],
  ])('%s', async (id, expected) => {
    expect(await createCurrentVisitors({ store: engine.store, now: () => NOW }).ask({ ...SITE, id })).toEqual(expected);
  });

  it('forgets after five minutes', async () => {
    const { ask } = createCurrentVisitors({ store: engine.store, now: () => NOW + 5 * 60_000 });
    expect(await ask(SITE)).toEqual({ visitors: 0, hits: true });
  });
});

describe('the first day', () => {
  it('is that of the first hit, or today', async () => {
    const firstDay = createFirstDay({ store: engine.store, now: () => NOW });
    expect(await firstDay(SITE)).toBe('2026-06-09');
    expect(await firstDay({ ...SITE, id: 'refused' })).toBe('2026-06-10');
  });
});

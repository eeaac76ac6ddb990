import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { SETTINGS } from '../../store/bindings.ts';
import { batchOf } from '../../store/lines.ts';
import type { Store } from '../../store/store.ts';
import { StoreError } from '../../store/store-error.ts';
import { createLogs } from '../logs/run.ts';
import { createQuery } from '../stats/run.ts';
import { FIRST, row, SITE, visit } from '../testing.ts';

const NOW = Date.parse('2026-06-10T15:30:00+02:00');
const DAYS = { site_id: 'example.com', date_range: ['2026-06-09', '2026-06-10'] } as const;

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  const rows = Array.from({ length: 2_000 }, (_, index) =>
    visit(String(index + 1), '2026-06-09T10:00:00+02:00', {}, [{ page: `/${index}`, ...FIRST }]),
  );
  const log = row('2026-06-09T10:00:00+02:00', { kind: 'log', severity: 'info', message: 'one line' });
  await engine.store.insert(batchOf([...rows.flat(), log], 'rows'));
});
afterAll(() => engine.stop());

/** The store with another ending of what it is asked. */
const withEnding = (ending: string): Store => ({
  ...engine.store,
  query: (sql, params) => engine.store.query(sql.replace(SETTINGS, `${SETTINGS}, ${ending}`), params),
});

describe('a question that the store gives up', () => {
  const refusal = {
    name: 'FieldError',
    field: 'date_range',
    message: expect.stringMatching(/choose a shorter period/),
  };

  it.each([
    ['for its memory', 'max_memory_usage = 1000'],
    ['for its time', 'max_execution_time = 0.000001'],
  ])('%s', async (_name, ending) => {
    const store = withEnding(ending);
    const hits = createQuery({ store, now: () => NOW }).ask(
      {
        ...DAYS,
        metrics: ['visits'],
        dimensions: ['event:page', 'event:title'],
        filters: [['contains', 'event:page', ['1']]],
      },
      SITE,
      '2026-06-09',
    );
    await expect(hits).rejects.toMatchObject(refusal);
    const logs = createLogs({ store, now: () => NOW }).ask({ ...DAYS, view: 'records', search: 'line' }, SITE);
    await expect(logs).rejects.toMatchObject(refusal);
  });

  it('is told from one that went wrong', async () => {
    const store = withEnding('no_such_setting = 1');
    const asking = createQuery({ store, now: () => NOW }).ask({ ...DAYS, metrics: ['visits'] }, SITE, '2026-06-09');
    await expect(asking).rejects.toBeInstanceOf(StoreError);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../engine/testing.ts';
import { createLog } from '../../lib/logger.ts';
import { SETTINGS } from '../../store/bindings.ts';
import { batchOf } from '../../store/lines.ts';
import type { Store } from '../../store/store.ts';
import { StoreError } from '../../store/store-error.ts';
import { createQueries, type Queries } from '../create-queries.ts';
import { createQuery } from '../stats/run.ts';
import { FIRST, row, SITE, visit } from '../testing.ts';

const NOW = Date.parse('2026-06-10T15:30:00+02:00');
const ASKER = { account: 'owner', signal: new AbortController().signal };
const DAYS = { site_id: 'example.com', date_range: ['2026-06-09', '2026-06-10'] } as const;

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  const rows = Array.from({ length: 2_000 }, (_, index) =>
    visit(String(index + 1), '2026-06-09T10:00:00+02:00', {}, [{ page: `/${index}`, ...FIRST }]),
  );
  const logs = Array.from({ length: 2_000 }, (_, index) =>
    row('2026-06-09T10:00:00+02:00', {
      kind: index % 2 ? 'log' : 'error',
      severity: 'error',
      message: `line ${index}`,
    }),
  );
  await engine.store.insert(batchOf([...rows.flat(), ...logs], 'rows'));
});
afterAll(() => engine.stop());

/** The store with another ending of what it is asked. */
const withEnding = (ending: string): Store => ({
  ...engine.store,
  query: (sql, params) => engine.store.query(sql.replace(SETTINGS, `${SETTINGS}, ${ending}`), params),
});

const queriesOf = (store: Store): Queries =>
  createQueries({ store, isShared: false, log: createLog(() => undefined), now: () => NOW });

/** All that can be asked over a range: from sums, from hits, about logs, about all sites. */
const ASKED: readonly [string, (queries: Queries) => Promise<unknown>][] = [
  ['totals', ({ ask }) => ask({ ...DAYS, metrics: ['visits'] }, SITE, ASKER)],
  [
    'groups of hits',
    ({ ask }) =>
      ask(
        {
          ...DAYS,
          metrics: ['visits'],
          dimensions: ['event:page', 'event:title'],
          filters: [['contains', 'event:page', ['1']]],
        },
        SITE,
        ASKER,
      ),
  ],
  ['logs', ({ askLogs }) => askLogs({ ...DAYS, view: 'records', search: 'line' }, SITE, ASKER)],
  ['problems', ({ askLogs }) => askLogs({ ...DAYS, view: 'problems' }, SITE, ASKER)],
  ['the overview', ({ askOverview }) => askOverview([SITE], '28d', ASKER)],
];

describe.each(ASKED)('%s, given up by the store', (_name, asking) => {
  const refusal = {
    name: 'FieldError',
    field: 'date_range',
    message: expect.stringMatching(/choose a shorter period/),
  };
  const passing = { name: 'ApiError', status: 503, code: 'busy' };

  it.each([
    ['for its own memory', 'max_memory_usage = 1000'],
    ['for the rows that it reads', "max_rows_to_read = 1, read_overflow_mode = 'throw'"],
  ])('%s would be so again', async (_name, ending) => {
    await expect(asking(queriesOf(withEnding(ending)))).rejects.toMatchObject(refusal);
  });

  it('for its time may pass in a moment', async () => {
    await expect(asking(queriesOf(withEnding('max_execution_time = 0.000001')))).rejects.toMatchObject(passing);
  });

  // In ClickHouse's words, of 25.8 and of before.
  it.each([
    [159, 'Timeout exceeded: elapsed 30000.2 ms, maximum: 30000 ms', passing],
    [160, 'Estimated query execution time (40 seconds) is too long', passing],
    [241, '(total) memory limit exceeded: would use 3.00 GiB', passing],
    [241, 'User memory limit exceeded: would use 3.00 GiB', passing],
    [241, 'Memory limit (for user) exceeded: would use 3.00 GiB', passing],
    [241, 'Memory limit (total) exceeded: would use 3.00 GiB', passing],
    [241, 'Query memory limit exceeded: would use 1.00 GiB', refusal],
    [241, 'Memory limit (for query) exceeded: would use 1.00 GiB', refusal],
    [158, 'Limit for rows exceeded: max 1', refusal],
    [307, 'Limit for bytes exceeded: max 1', refusal],
  ])('code %i: %s', async (code, detail, outcome) => {
    const failing: Store = {
      ...engine.store,
      query: () => Promise.reject(new StoreError('failed', 'unknown', code, detail)),
    };
    await expect(asking(queriesOf(failing))).rejects.toMatchObject(outcome);
  });
});

it('is told from one that went wrong', async () => {
  const store = withEnding('no_such_setting = 1');
  const asking = createQuery({ store, now: () => NOW }).ask({ ...DAYS, metrics: ['visits'] }, SITE, '2026-06-09');
  await expect(asking).rejects.toBeInstanceOf(StoreError);
});

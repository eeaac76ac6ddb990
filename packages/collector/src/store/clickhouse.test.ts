import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../engine/testing.ts';
import { row } from '../query/testing.ts';
import { connect } from './clickhouse.ts';
import { batchOf, COLUMNS } from './lines.ts';
import type { Row } from './row.ts';
import type { Store } from './store.ts';

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = engine.store;
});
afterAll(() => engine.stop());
beforeEach(async () => {
  for (const table of ['hits', 'sums', 'logs']) await store.command(`TRUNCATE TABLE ${table}`);
});

const AT = '2026-03-01T12:30:00+00:00';
const view = row(AT, { kind: 'view', page: '/', views: 1, visits: 1, visit: '9007199254740993' });
const error = row(AT, { kind: 'error', page: '/', severity: 'error', message: 'no', fingerprint: '0123456789abcdef' });
const log = row(AT, { kind: 'log', severity: 'info', message: 'hello' });

const stored = async (): Promise<unknown> => {
  const [counts] = await store.query(`SELECT
    (SELECT toUInt32(count()) FROM hits) AS hits,
    (SELECT toUInt32(sum(views)) FROM sums WHERE dimension = 0) AS views,
    (SELECT toUInt32(count()) FROM logs) AS logs`);
  return counts;
};

describe('a batch', () => {
  it('is stored once, however often it is sent with its token', async () => {
    for (let i = 0; i < 3; i++) await store.insert(batchOf([view, view, error, log], 'same'));
    expect(await stored()).toEqual({ hits: 3, views: 2, logs: 2 });
  });

  it('is stored again with another token', async () => {
    await store.insert(batchOf([view, view, error, log], 'one'));
    await store.insert(batchOf([view, view, error, log], 'two'));
    expect(await stored()).toEqual({ hits: 6, views: 4, logs: 4 });
  });

  it('is stored once when it spans days, months and years', async () => {
    const days = ['2024-12-31', '2025-01-01', '2025-01-31', '2025-02-01', '2026-03-01'];
    const rows = days.map((day) => row(`${day}T00:00:00+00:00`, { kind: 'view', page: '/', views: 1 }));
    for (let i = 0; i < 3; i++) await store.insert(batchOf(rows, 'days'));
    expect(await stored()).toEqual({ hits: 5, views: 5, logs: 0 });
  });

  it('is stored once at the same time on several connections', async () => {
    await Promise.all(Array.from({ length: 8 }, () => store.insert(batchOf([view, error], 'together'))));
    expect(await stored()).toEqual({ hits: 2, views: 1, logs: 1 });
  });

  it('of nothing is nothing', async () => {
    await store.insert(batchOf([], 'empty'));
    expect(await stored()).toEqual({ hits: 0, views: 0, logs: 0 });
  });

  it('of ten thousand rows is one block, also of the rollup', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => row(AT, { kind: 'view', page: `/${i}`, views: 1 }));
    for (let i = 0; i < 2; i++) await store.insert(batchOf(rows, 'large'));
    expect(await stored()).toEqual({ hits: 10_000, views: 10_000, logs: 0 });
  });

  it('of long rows is stored once', async () => {
    const stack = 'x'.repeat(16_384);
    const rows = Array.from({ length: 600 }, (_, i) => ({ ...error, stack, message: `no ${i}` }));
    for (let i = 0; i < 2; i++) await store.insert(batchOf(rows, 'long'));
    expect(await stored()).toEqual({ hits: 600, views: 0, logs: 600 });
  });
});

it('every value of a row is read as it was written', async () => {
  const given: Partial<Row> = {
    title: `it's "quoted" \\ \\N \\ud800 tab\t newline\n nul\0 🙂 \u2028`,
    props: { "k'\n": 'v\\', plan: 'pro' },
    step: 4_000_000_000,
    bounces: -1,
    seconds: 86_400,
  };
  await store.insert(batchOf([{ ...view, ...given }], 'values'));
  const [read] = await store.query('SELECT *, toUnixTimestamp(ts) AS ts, toUnixTimestamp(hour) AS hour FROM hits');
  expect(read).toMatchObject({ ...given, visit: '9007199254740993', ts: view.ts, hour: view.hour, day: '2026-03-01' });
});

it('half a surrogate pair, as any page can send it, does not stop its batch', async () => {
  await store.insert(batchOf([{ ...log, message: 'a\ud800b', props: { '\udc00': '\\\ud83d' } }], 'surrogates'));
  expect(await store.query('SELECT message, attributes FROM logs')).toEqual([
    { message: 'a�b', attributes: { '�': '\\�' } },
  ]);
});

describe('errors', () => {
  it('a wrong statement is refused', async () => {
    await expect(store.query('SELECT nothing')).rejects.toMatchObject({
      name: 'StoreError',
      outcome: 'refused',
      code: 47,
    });
  });

  it('rows that do not fit are unreadable, none of them is stored, and nothing that anything prints quotes them', async () => {
    const rows = [...Array.from({ length: 9_999 }, () => view), { ...view, day: 'not-a-day' }];
    const failure = await store.insert(batchOf(rows, 'wrong')).catch((caught: unknown) => caught);
    expect(failure).toMatchObject({ outcome: 'unreadable' });
    expect(await stored()).toEqual({ hits: 0, views: 0, logs: 0 });
    expect(inspect(failure, { depth: 9, showHidden: true }) + JSON.stringify(failure)).not.toContain('not-a-day');
    expect((failure as { detail: string }).detail).toContain('not-a-day');
  });

  it.each([
    { wrong: 'a text for a number', line: '["site","x"]' },
    { wrong: 'a number out of a text', line: '["site",1e999]' },
    { wrong: 'a line that ends early', line: '["site",1' },
    { wrong: 'too few values', line: '["site",1]' },
    { wrong: 'no JSON', line: 'nonsense' },
    { wrong: 'bytes that are no text', line: '\u0000\u0001' },
  ])('$wrong is unreadable', async ({ line }) => {
    const lines = Buffer.concat([batchOf([view], 'x').lines, Buffer.from(`${line}\n`)]);
    const call = store.insert({ token: line, columns: COLUMNS, lines });
    await expect(call).rejects.toMatchObject({ outcome: 'unreadable' });
    expect(await stored()).toEqual({ hits: 0, views: 0, logs: 0 });
  });

  it('without an answer the outcome is unknown', async () => {
    const nobody = connect({ url: 'http://127.0.0.1:9', username: 'a', password: 'b' });
    for (const call of [nobody.ping(), nobody.query('SELECT 1'), nobody.insert(batchOf([view], 'x'))])
      await expect(call).rejects.toMatchObject({ outcome: 'unknown', code: null });
    await nobody.close();
  });

  it('ping fails with a wrong password', async () => {
    const stranger = connect({ ...engine, password: 'wrong' });
    await expect(stranger.ping()).rejects.toMatchObject({ outcome: 'unknown', code: 516 });
    await stranger.close();
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCluster, startTestEngine, type TestEngine } from '../engine/testing.ts';
import { measure, type Partition, serverDisk } from './measure.ts';

const row = (day: string, keptUntil: string): string =>
  `('one', '${day} 12:00:00', '${day}', '${day} 12:00:00', 1, '${keptUntil}')`;

/** Two months of hits, and totals of one of them. */
const fill = async ({ store }: TestEngine): Promise<void> => {
  const rows = [
    row('2036-01-30', '2037-01-30'),
    row('2036-01-31', '2037-01-31'),
    row('2036-02-01', '2037-02-01'),
    row('2036-02-29', '2040-02-29'),
  ];
  await store.command(`INSERT INTO hits (site, ts, day, hour, visit, keep_until) VALUES ${rows.join(', ')}`);
  await store.command(`INSERT INTO sums (site, dimension, value, day, views) VALUES ('one', 0, '*', '2036-02-03', 1)`);
};

const of = (partitions: readonly Partition[], table: Partition['table']) =>
  partitions
    .filter((one) => one.table === table)
    .map(({ rows, bytes, parts, days, expires }) => ({ rows, hasBytes: bytes > 0, parts, days, expires }));

describe.each([
  ['on one server', startTestEngine],
  ['on a cluster', startTestCluster],
])('what is stored %s', (_where, start) => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await start();
    await fill(engine);
  }, 30_000);
  afterAll(() => engine.stop());

  test('is measured by table and month, with its days and when it goes', async () => {
    const { partitions, version } = await measure(engine.store, engine.topology);
    expect(version).toMatch(/^\d+\.\d+\./);
    expect(of(partitions, 'hits')).toEqual([
      {
        rows: 2,
        hasBytes: true,
        parts: 1,
        days: { first: '2036-01-30', last: '2036-01-31' },
        expires: { first: '2037-01-30', last: '2037-01-31' },
      },
      {
        rows: 2,
        hasBytes: true,
        parts: 1,
        days: { first: '2036-02-01', last: '2036-02-29' },
        expires: { first: '2037-02-01', last: '2040-02-29' },
      },
    ]);
    expect(of(partitions, 'sums')).toEqual([
      { rows: 1, hasBytes: true, parts: 1, days: { first: '2036-02-03', last: '2036-02-03' }, expires: null },
    ]);
    expect(of(partitions, 'migrations')).toMatchObject([{ days: null, expires: null }]);
    expect(of(partitions, 'logs')).toEqual([]);
  });

  test('lies on a disk, of which a server says how much is free', async () => {
    const disk = await serverDisk(engine.store);
    expect(disk?.free).toBeGreaterThan(0);
    expect(disk?.total).toBeGreaterThanOrEqual(disk?.free ?? 0);
  });
});

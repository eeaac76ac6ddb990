import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../engine/testing.ts';
import { row } from '../query/testing.ts';
import { batchOf } from './lines.ts';
import { isPartlyStored } from './partly-stored.ts';
import type { Row } from './row.ts';
import type { Params } from './store.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const AT = '2026-03-01T12:00:00+00:00';
type Values = Partial<Row> & Pick<Row, 'kind'>;
const view: Values = { kind: 'view', visit: '77', step: 1, views: 1 };
const log: Values = { kind: 'log', message: "it's a 'line'\n\\", severity: 'info' };

/** Local days whose instants lie on the day before, and after, in UTC. */
const [EAST, WEST] = ['2026-03-02T00:30:00+02:00', '2026-03-02T22:30:00-05:00'];
const notKept = { hit_until: '2026-03-01', log_until: '2026-03-01' };

it.each<[name: string, rows: readonly Row[]]>([
  ['of hits', [row(AT, { ...view, visit: '7300000000000000001', step: 3 })]],
  ['of log lines', [row(AT, log)]],
  ['of log lines whose day is another one in UTC, east', [row(EAST, { ...log, message: 'east' })]],
  ['of log lines whose day is another one in UTC, west', [row(WEST, { ...log, message: 'west' })]],
  [
    'with hits of a site that keeps none',
    [row(AT, { ...view, visit: '81' }), row(AT, { ...view, visit: '82', site: 'sums', ...notKept })],
  ],
  [
    'with log lines of a site that keeps none',
    [row(AT, { ...log, message: 'kept' }), row(AT, { ...log, message: 'not kept', site: 'sums', ...notKept })],
  ],
])('finds a batch %s', async (name, rows) => {
  const batch = batchOf(rows, name);
  const look = isPartlyStored(engine.store, engine.topology);
  expect(await look(batch)).toBe(false);
  await engine.store.insert(batch);
  expect(await look(batch)).toBe(true);
});

it('does not take others for it', async () => {
  await engine.store.insert(batchOf([row(AT, view)], 'other'));
  const look = isPartlyStored(engine.store, engine.topology);
  expect(await look(batchOf([row(AT, { ...view, step: 2 })], 'this'))).toBe(false);
  expect(await look(batchOf([row(AT, { ...view, visit: '0', kind: 'drop' })], 'that'))).toBe(false);
});

it('looks for a row of each site where these lie on different shards', async () => {
  const [cluster, sites] = [{ database: 'default', name: 'c' }, ['a', 'b', 'a', 'c']];
  const asked: unknown[] = [];
  const query = async (_sql: string, params: Params = {}): Promise<never[]> => {
    asked.push(params.site);
    return [];
  };
  const batch = batchOf(
    sites.map((site, index) => row(AT, { ...view, site, step: index })),
    'sites',
  );
  expect(await isPartlyStored({ query }, cluster)(batch)).toBe(false);
  expect(asked).toEqual(['a', 'b', 'c']);
});

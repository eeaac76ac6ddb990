import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../engine/testing.ts';
import { row } from '../query/testing.ts';
import { batchOf } from './lines.ts';
import type { Row } from './row.ts';
import { isPartlyStored } from './traces.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const AT = '2026-03-01T12:00:00+00:00';
type Values = Partial<Row> & Pick<Row, 'kind'>;
const view: Values = { kind: 'view', visit: '77', step: 1, views: 1 };
const log: Values = { kind: 'log', message: "it's a 'line'\n\\", severity: 'info' };

it.each([
  ['of hits', { ...view, visit: '7300000000000000001', step: 3 }],
  ['of log lines', log],
] satisfies [string, Values][])('finds a batch %s', async (name, values) => {
  const rows = [row(AT, { ...values, title: name })];
  const batch = batchOf(rows, name);
  const look = isPartlyStored(engine.store);
  expect(await look(batch)).toBe(false);
  await engine.store.insert(batch);
  expect(await look(batch)).toBe(true);
});

it('does not take others for it', async () => {
  await engine.store.insert(batchOf([row(AT, view)], 'other'));
  const look = isPartlyStored(engine.store);
  expect(await look(batchOf([row(AT, { ...view, step: 2 })], 'this'))).toBe(false);
  expect(await look(batchOf([row(AT, { ...view, visit: '0', kind: 'drop' })], 'that'))).toBe(false);
});

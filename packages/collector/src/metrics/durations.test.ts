import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { BUCKETS, createDurations } from './durations.ts';

const NAME = 'x_seconds';

const textOf = async (seconds: readonly number[]): Promise<string> => {
  const registry = new Registry();
  const note = createDurations({ name: NAME, help: 'x', labels: ['kind'], registry })({ kind: 'a' });
  for (const each of seconds) note(each);
  return registry.metrics();
};

/** How many of them each bucket has, and those below it. */
const buckets = async (seconds: readonly number[]): Promise<number[]> =>
  [...(await textOf(seconds)).matchAll(/_bucket\{.*\} (\d+)$/gm)].map(([, count]) => Number(count));

test.each([
  ['nothing', [], 0],
  ['no time at all', [0], BUCKETS.length + 1],
  ['just a bound', [0.001], BUCKETS.length + 1],
  ['a little more', [0.0010001], BUCKETS.length],
  ['the last bound', [30], 2],
  ['longer than all', [31], 1],
])('%s is in that many buckets', async (_what, seconds, count) => {
  expect((await buckets(seconds)).filter((found) => found > 0)).toHaveLength(count);
});

test('buckets grow to the count, beside which the sum is', async () => {
  const text = await textOf([0.2, 0.3, 40]);
  expect(await buckets([0.2, 0.3, 40])).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 2, 3]);
  expect(text).toContain(`${NAME}_sum{kind="a"} 40.5\n`);
  expect(text).toContain(`${NAME}_count{kind="a"} 3\n`);
});

test('a series that nobody has begun is not there', async () => {
  const registry = new Registry();
  createDurations({ name: NAME, help: 'x', labels: ['kind'], registry });
  expect(await registry.metrics()).toBe(`# HELP ${NAME} x\n# TYPE ${NAME} histogram\n`);
});

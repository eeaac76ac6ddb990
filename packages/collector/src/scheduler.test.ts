import { expect, it } from 'vitest';
import { createScheduler } from './scheduler.ts';

const START = Date.UTC(2030, 0, 1);

/** What ran at each of the times, in milliseconds after the start. */
const ran = async (times: readonly number[]): Promise<string[]> => {
  let now = START;
  let names = '';
  const job = (name: string, everyMs: number) => ({
    name,
    everyMs,
    run: async () => {
      names += name;
    },
  });
  const tick = createScheduler([job('a', 0), job('b', 5000), job('c', 0)], () => now);
  const runs: string[] = [];
  for (const time of times) {
    now = START + time;
    names = '';
    await tick();
    runs.push(names);
  }
  return runs;
};

it.each([
  ['every job in its order, when its time has come', [1000, 5000, 6000, 10_000], ['ac', 'abc', 'ac', 'abc']],
  ['what was due long ago once', [60_000, 61_000], ['abc', 'ac']],
  ['a job also when the clock was set back', [-3_600_000, -3_599_000], ['abc', 'ac']],
])('does %s', async (_, times, expected) => {
  expect(await ran(times)).toEqual(expected);
});

it('waits for one job before it begins the next', async () => {
  const order: string[] = [];
  const slow = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    order.push('slow');
  };
  const jobs = [
    { name: 'slow', everyMs: 0, run: slow },
    { name: 'next', everyMs: 0, run: () => order.push('next') },
  ];
  await createScheduler(jobs, () => START)();
  expect(order).toEqual(['slow', 'next']);
});

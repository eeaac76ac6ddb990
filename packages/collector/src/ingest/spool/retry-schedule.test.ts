import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/temporary-folder.ts';
import { realFileSystem } from './file-system.ts';
import { RetrySchedule } from './retry-schedule.ts';
import type { Closed } from './segment.ts';
import { SegmentQueue } from './segment-queue.ts';

const segment = (number: number): Closed => ({ number, token: `t${number}`, rows: 1, bytes: 1, begun: 0 });
const [first, second, third] = [segment(1), segment(2), segment(3)];

const setUp = async (): Promise<{ queue: SegmentQueue; schedule: RetrySchedule; clock: { now: number } }> => {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const { queue } = await SegmentQueue.open(realFileSystem, folder.path, false);
  for (const one of [first, second, third]) queue.push(one);
  const clock = { now: 0 };
  return {
    queue,
    schedule: new RetrySchedule(
      queue,
      () => 0,
      () => clock.now,
    ),
    clock,
  };
};

test('what the store took from nobody is no strike', async () => {
  const { schedule } = await setUp();
  const fails = (): boolean => schedule.failed(first, 'segment', false).isSpent;
  expect(Array.from({ length: 10 }, fails)).not.toContain(true);
  schedule.stored(second);
  expect(Array.from({ length: 5 }, fails)).toEqual([false, false, false, false, true]);
});

test('one that failed goes before the others once for each that was stored', async () => {
  const { queue, schedule, clock } = await setUp();
  schedule.failed(first, 'segment', false);
  clock.now = 60_000;
  expect(schedule.next(null)).toBe(second);
  schedule.stored(second);
  queue.drop(second);
  expect(schedule.next(null)).toBe(first);
  schedule.failed(first, 'segment', false);
  clock.now = 120_000;
  expect(schedule.next(null)).toBe(third);
});

import { expect, test } from 'vitest';
import { createRandom } from '../support/clock.ts';
import { lineOf } from '../support/verdict.ts';
import { MemoryDisk } from './small/disk.ts';
import { type Ending, playEvery } from './small/every.ts';
import { createLife, type Death } from './small/life.ts';
import { createPlay } from './small/play.ts';
import { slowFiles } from './small/slow.ts';
import { SEED } from './undergo.ts';

/** A process dies at an operation of its file system, and the one after it at another. */
interface Case {
  readonly death: Death;
  /** Numbers of the operations, from 1. */
  readonly at: readonly number[];
}

const UNHARMED: Case = { death: 'before', at: [] };

/** @returns how it ended, and how many operations the first process lived to see */
const play = async ({ death, at }: Case, powerLoss: boolean): Promise<{ ending: Ending; operations: number }> => {
  const random = createRandom(SEED + (at[0] ?? 0));
  const disk = new MemoryDisk();
  const story = createPlay('/data', powerLoss, random);
  const lives = [];
  for (const fatal of [...at, Number.POSITIVE_INFINITY]) {
    const life = createLife(disk.files, story.book.store, fatal, death);
    await story.live(life);
    life.end();
    await life.died;
    if (powerLoss) disk.losePower(random);
    lives.push(life.operations);
  }
  return { ending: story.end(`seed ${SEED}, ${death} at ${at}`), operations: lives[0] ?? 0 };
};

test.concurrent.each([
  ['the process dies', false],
  ['the power goes, with SPOOL_FSYNC', true],
])('%s at every operation of the file system', { timeout: 240_000 }, async (name, powerLoss) => {
  const { operations } = await play(UNHARMED, powerLoss);
  const random = createRandom(SEED);
  const cases = Array.from({ length: operations }, (_, index) => index + 1).flatMap((first) =>
    (['half', 'after'] as const).map((death): Case => ({ death, at: [first, 1 + Math.floor(random() * operations)] })),
  );
  const { wrong, ...verdict } = await playEvery(cases, async (one) => (await play(one, powerLoss)).ending);
  process.stdout.write(lineOf(`${name}: ${cases.length} times twice`, verdict));
  expect(wrong).toEqual([]);
  expect(verdict.unanswered).toBeGreaterThan(0);
});

test.concurrent('nobody dies, but operations overtake one another', { timeout: 240_000 }, async () => {
  const cases = Array.from({ length: 120 }, (_, index) => SEED + index);
  const { wrong, ...verdict } = await playEvery(cases, async (seed) => {
    const random = createRandom(seed);
    const story = createPlay('/data', false, random);
    const files = slowFiles(new MemoryDisk().files, random);
    const life = createLife(files, story.book.store, Number.POSITIVE_INFINITY, 'before');
    await story.live(life);
    life.end();
    return story.end(`seed ${seed}`);
  });
  process.stdout.write(lineOf(`slow file system: ${cases.length} times`, verdict));
  expect(wrong).toEqual([]);
  // On a busy machine an answer may come too late for its client; what it says is done all the same.
  expect(verdict).toMatchObject({ refused: 0, stored: verdict.sent });
});

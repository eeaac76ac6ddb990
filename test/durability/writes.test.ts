import { beforeAll, expect, test } from 'vitest';
import { type FileSystem, realFileSystem } from '../../packages/collector/src/ingest/spool/file-system.ts';
import { faultyFiles, type Operation, systemError } from '../../packages/collector/src/ingest/spool/testing.ts';
import { createRandom } from '../support/clock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { lineOf } from '../support/verdict.ts';
import { type Ending, playEvery } from './small/every.ts';
import { createLife, type Life } from './small/life.ts';
import { createPlay } from './small/play.ts';
import { SEED } from './undergo.ts';

/** How the file system fails from its n-th operation on, until it is healed. */
interface Failure {
  readonly name: string;
  /** @param passed operations since the n-th one */
  readonly fault: (passed: number, operation: Operation) => Error | number | undefined;
  /** At every how many-th operation it begins: what lasts is much the same from one to the next. */
  readonly every: number;
  /** The process dies while it lasts; otherwise it goes on, and the failure ends. */
  readonly death: boolean;
}

const READS: readonly Operation[] = ['list', 'read', 'space', 'close'];
const CHANGES: readonly Operation[] = ['makeDir', 'create', 'write', 'truncate', 'sync', 'rename', 'remove', 'syncDir'];

const once: Failure['fault'] = (passed) => (passed === 0 ? systemError('EIO') : undefined);
const everything: Failure['fault'] = () => systemError('EIO');
const readOnly: Failure['fault'] = (_, operation) => (CHANGES.includes(operation) ? systemError('EROFS') : undefined);
/** A piece still fits, then nothing; what needs no room goes on. */
const full: Failure['fault'] = (passed, operation) => {
  if (operation === 'write') return passed === 0 ? 7 : systemError('ENOSPC');
  return operation === 'create' || operation === 'makeDir' ? systemError('ENOSPC') : undefined;
};
const short: Failure['fault'] = (passed, operation) => (passed < 3 && operation === 'write' ? 7 : undefined);

const FAILURES: readonly Failure[] = [
  { name: 'fails once', every: 1, fault: once, death: false },
  { name: 'writes a piece at a time', every: 2, fault: short, death: false },
  { name: 'is full for a while', every: 4, fault: full, death: false },
  { name: 'is read-only for a while', every: 4, fault: readOnly, death: false },
  { name: 'fails for a while', every: 4, fault: everything, death: false },
  { name: 'fails until the process dies', every: 4, fault: everything, death: true },
  { name: 'is full until the process dies', every: 4, fault: full, death: true },
  { name: 'is read-only until the process dies', every: 4, fault: readOnly, death: true },
];

/** The process before the one that meets the failure dies when it makes its fourth file, while the store is away. */
const LAST_FILE = 4;

interface Outcome {
  readonly ending: Ending;
  /** Operations of the process that met the failure. */
  readonly operations: number;
}

const failed = new Set<string>();

/** @param first number of the operation at which the failure begins, from 0 */
const play = async ({ name, fault, death }: Failure, first: number, fsync: boolean): Promise<Outcome> => {
  const folder = temporaryFolder();
  const story = createPlay(folder.path, fsync, createRandom(SEED + first));
  const begin = (files: FileSystem): Life => createLife(files, story.book.store, Number.POSITIVE_INFINITY, 'before');

  let made = 0;
  const before = begin(
    faultyFiles((operation) => {
      if (operation === 'create' && ++made === LAST_FILE) before.end();
      return undefined;
    }),
  );
  await story.live(before);

  let operations = 0;
  let healed = false;
  const files = faultyFiles((operation) => {
    const passed = operations++ - first;
    const found = healed || passed < 0 ? undefined : fault(passed, operation);
    if (found !== undefined) failed.add(operation);
    return found;
  });
  const life = begin(files);
  await story
    .live(life, () => {
      healed = true;
      if (death) life.end();
    })
    .catch(startsAgain);
  life.end();
  await life.died;
  await story.live(begin(realFileSystem));
  folder.remove();
  return { ending: story.end(`seed ${SEED}, ${name} from operation ${first} on`), operations };
};

/** A collector that cannot read its folders when it starts says so and ends. */
const startsAgain = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EIO' && error.code !== 'EROFS' && error.code !== 'ENOSPC') throw error;
};

/** Operations of a process that meets no failure, and lives to the end of all or dies at that of the story. */
let untilEnd: number;
let untilDeath: number;
beforeAll(async () => {
  const unharmed = (death: boolean): Promise<Outcome> =>
    play({ name: 'never fails', every: 1, fault: () => undefined, death }, Number.POSITIVE_INFINITY, true);
  untilEnd = (await unharmed(false)).operations;
  untilDeath = (await unharmed(true)).operations;
});

test.concurrent.each(FAILURES)('a file system that $name', { timeout: 240_000 }, async (failure) => {
  const { every, death } = failure;
  const count = Math.ceil((death ? untilDeath : untilEnd) / every);
  const cases = Array.from({ length: count }, (_, index) => index * every + (SEED % every));
  const { wrong, ...verdict } = await playEvery(cases, async (first) => (await play(failure, first, true)).ending);
  process.stdout.write(lineOf(`file system ${failure.name}: ${cases.length} times`, verdict));
  expect(wrong).toEqual([]);
  expect(verdict.unanswered).toBeGreaterThan(0);
});

test('each operation has failed', () => {
  expect([...failed].sort()).toEqual([...READS, ...CHANGES].sort());
});

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { ApiError } from '../http/api-error.ts';
import { createLog } from '../lib/logger.ts';
import type { Store } from '../store/store.ts';
import { archiveOf } from './archive.ts';
import type { ArchiveFrame } from './archive-frame.ts';
import type { Backups } from './backup.ts';
import { BackupHistory } from './history.ts';
import { inspectBackup } from './restore.ts';
import { type BackupPlan, type BackupSchedule, createBackupSchedule } from './schedule.ts';
import { manifestWith } from './testing.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const GB = 1e9;
/** What is left free of a large disk. */
const RESERVE = 2 ** 30;

const MANIFEST = manifestWith();
const FRAMES: readonly ArchiveFrame[] = [
  { header: MANIFEST, body: Buffer.alloc(0) },
  { header: { kind: 'block', table: 'hits', rows: 1 }, body: Buffer.from('a row') },
  { header: { kind: 'block', table: 'hits', rows: 1 }, body: Buffer.from('another') },
];

let root: TemporaryFolder;
let dir: string;
/** Where a test has set the clock, and how long the machine has been up. */
let [now, up] = [0, 0];
let logged: string[];
let rests: number[];
let disk: { free: number; total: number };
/** What the store says of itself. */
let store: { born: string; bytes: number };
/** What happens before each frame is read. */
let meanwhile: (at: number) => unknown;
let isOtherUnderWay: boolean;

beforeEach(() => {
  root = temporaryFolder();
  dir = join(root.path, 'backups');
  mkdirSync(dir);
  now = Date.parse('2026-06-09T12:00:00Z');
  up = 0;
  logged = [];
  rests = [];
  disk = { free: 50 * GB, total: 100 * GB };
  store = { born: '2026-01-01 00:00:00', bytes: 1000 };
  meanwhile = () => undefined;
  isOtherUnderWay = false;
});
afterEach(() => {
  root.remove();
});

const frames = async function* (): AsyncGenerator<ArchiveFrame> {
  for (const [at, frame] of FRAMES.entries()) {
    await meanwhile(at);
    yield frame;
  }
};
/** How many were begun and ended. */
let [begun, ended] = [0, 0];
const backups: Backups = {
  begin: async () => {
    begun += 1;
    const end = async (): Promise<void> => {
      ended += 1;
    };
    return { bytes: () => archiveOf(frames()), end };
  },
  isUnderWay: () => isOtherUnderWay,
  settled: async () => undefined,
};

const open = async (
  plan: Partial<BackupPlan> | null = {},
  { isShared = false, data = 'backup.json', ...more }: { isShared?: boolean; data?: string; backups?: Backups } = {},
): Promise<BackupSchedule> => {
  const schedule = createBackupSchedule({
    plan: plan && { dir, at: ['03:30'], keep: 3, ...plan },
    backups,
    history: await BackupHistory.open(join(root.path, data)),
    store: { query: async () => [store] } as unknown as Store,
    isShared,
    space: async () => disk,
    now: () => now,
    elapsed: () => up,
    rest: async (ms) => rests.push(ms),
    log: createLog(
      (line) => logged.push(line.trimEnd()),
      () => now,
    ),
    ...more,
  });
  await schedule.start();
  return schedule;
};

/** Lets time pass, second by second if it is little, and waits for what is begun. */
const pass = async (schedule: BackupSchedule, ms: number): Promise<void> => {
  const step = Math.max(1000, Math.min(MINUTE_MS, ms / 100));
  for (let passed = 0; passed < ms; passed += step) {
    now += step;
    up += step;
    schedule.tick();
    await schedule.settled();
  }
};
const at = (time: string): void => {
  now = Date.parse(`2026-06-${time}:00Z`);
};
const files = (): string[] => readdirSync(dir).filter((name) => name.endsWith('.backup'));
const parts = (): string[] => readdirSync(dir).filter((name) => name.endsWith('.part'));
const linesOf = (words: string): string[] => logged.filter((line) => line.includes(words));
/** Without an earlier one, one is made soon after the start: most tests want one that goes on. */
const opened = async (...of: Parameters<typeof open>): Promise<BackupSchedule> => {
  writeFileSync(
    join(root.path, of[1]?.data ?? 'backup.json'),
    JSON.stringify({ done: now, last: null, lastGood: null }),
  );
  return open(...of);
};

describe('a backup', () => {
  it('is made at its time, whole, for this user alone, and told', async () => {
    const schedule = await opened();
    expect(schedule.state()).toMatchObject({ dir, every: ['03:30'], next: '2026-06-10T03:30:00.000Z', last: null });
    at('10T03:29');
    await pass(schedule, MINUTE_MS - 1000);
    expect(files()).toEqual([]);
    await pass(schedule, 2000);
    expect(files()).toEqual(['passerby-2026-06-10T0330Z.backup']);
    const [file = ''] = files();
    expect(await inspectBackup(join(dir, file))).toEqual(MANIFEST);
    const { mode, size } = statSync(join(dir, file));
    expect(mode & 0o777).toBe(0o600);
    expect(parts()).toEqual([]);
    expect(logged).toEqual([
      `2026-06-10T03:30:00.000Z info a backup begins file="${file}" estimated=1250`,
      `2026-06-10T03:30:00.000Z info a backup was made file="${file}" bytes=${size} ms=0`,
    ]);
    expect(schedule.state()).toEqual({
      dir,
      every: ['03:30'],
      kept: 1,
      last: { at: '2026-06-10T03:30:00.000Z', ok: true, file, bytes: size, tookMs: 0, error: null },
      lastGood: '2026-06-10T03:30:00.000Z',
      next: '2026-06-11T03:30:00.000Z',
      failures: 0,
      isUnderWay: false,
    });
    expect([begun, ended]).toEqual([begun, begun]);
  });

  it('is made once a time, and at each of several', async () => {
    const schedule = await opened({ at: ['00:00', '12:00', '23:59'], keep: 9 });
    await pass(schedule, 2 * DAY_MS);
    expect(files()).toEqual([
      'passerby-2026-06-09T2359Z.backup',
      'passerby-2026-06-10T0000Z.backup',
      'passerby-2026-06-10T1200Z.backup',
      'passerby-2026-06-10T2359Z.backup',
      'passerby-2026-06-11T0000Z.backup',
      'passerby-2026-06-11T1200Z.backup',
    ]);
  });

  it('is made anew for a time that came while it was written', async () => {
    const schedule = await opened({ at: ['03:30', '04:30'] });
    meanwhile = (frame) => {
      if (frame === 2 && files().length === 0) now += 65 * MINUTE_MS;
    };
    at('10T03:30');
    await pass(schedule, 3 * HOUR_MS);
    expect(files()).toEqual([expect.stringMatching(/T033[01]Z/), expect.stringMatching(/T043[5-7]Z/)]);
  });

  it('rests three times as long as it works', async () => {
    const schedule = await opened();
    meanwhile = () => {
      up += 40;
    };
    at('10T03:30');
    await pass(schedule, 1000);
    expect(rests.filter((ms) => ms === 120)).toHaveLength(3);
    expect(rests.reduce((sum, ms) => sum + ms)).toBe(360);
  });

  it('is made by nobody where no folder is named, but one that was asked for counts', async () => {
    const schedule = await open(null);
    await pass(schedule, 3 * DAY_MS);
    expect(schedule.state()).toMatchObject({ dir: null, every: [], next: null, last: null, kept: 0 });
    await schedule.note({ tookMs: 7.2, bytes: 99, error: null });
    expect(schedule.state()).toMatchObject({
      last: { at: '2026-06-12T12:00:00.000Z', ok: true, file: null, bytes: 99, tookMs: 8, error: null },
      lastGood: '2026-06-12T12:00:00.000Z',
    });
    await schedule.note({ tookMs: 1, bytes: 0, error: new ApiError(409, 'busy', 'store', '') });
    expect((await open(null)).state()).toMatchObject({
      last: { ok: false, error: 'busy' },
      lastGood: '2026-06-12T12:00:00.000Z',
    });
  });
});

describe('what was missed', () => {
  it('is made up for once, some minutes after the start', async () => {
    await opened();
    at('12T09:00');
    const schedule = await open();
    expect(schedule.state().next).toBe('2026-06-12T09:05:00.000Z');
    await pass(schedule, 4 * MINUTE_MS);
    expect(files()).toEqual([]);
    await pass(schedule, 2 * HOUR_MS);
    expect(files()).toEqual(['passerby-2026-06-12T0905Z.backup']);
    const again = await open();
    await pass(again, 2 * HOUR_MS);
    expect(files()).toHaveLength(1);
  });

  it('the first one is made soon, so that one sees that it works', async () => {
    const schedule = await open();
    await pass(schedule, 6 * MINUTE_MS);
    expect(files()).toEqual(['passerby-2026-06-09T1205Z.backup']);
  });

  it('a time that comes soon after the start is not kept waiting', async () => {
    at('09T03:29');
    const schedule = await opened();
    await pass(schedule, 2 * MINUTE_MS);
    expect(files()).toEqual(['passerby-2026-06-09T0330Z.backup']);
  });

  it.each([
    ['ahead by three days', 3 * DAY_MS, 1],
    ['ahead by an hour', HOUR_MS, 0],
    ['back by an hour', -HOUR_MS, 0],
    ['back by a year', -365 * DAY_MS, 1],
  ])('by a clock that is set %s', async (_how, ms, made) => {
    const schedule = await opened();
    now += ms;
    await pass(schedule, HOUR_MS);
    expect(files()).toHaveLength(made);
    await pass(schedule, DAY_MS);
    expect(files()).toHaveLength(made + 1);
  });

  it('a clock that goes back over a time makes none anew', async () => {
    at('10T03:29');
    const schedule = await opened();
    await pass(schedule, 10 * MINUTE_MS);
    now -= 20 * MINUTE_MS;
    await pass(schedule, HOUR_MS);
    expect(files()).toEqual(['passerby-2026-06-10T0330Z.backup']);
  });

  it('is known from the files where its note was lost', async () => {
    const schedule = await opened();
    at('10T03:30');
    await pass(schedule, 1000);
    for (const left of ['', '{', '[]', '{"done":"x"}', null]) {
      if (left === null) rmSync(join(root.path, 'backup.json'));
      else writeFileSync(join(root.path, 'backup.json'), left);
      const next = await open();
      await pass(next, HOUR_MS);
      expect(files(), String(left)).toHaveLength(1);
      expect(next.state()).toMatchObject({ kept: 1, lastGood: '2026-06-10T03:30:00.000Z' });
    }
  });
});

describe('old ones', () => {
  const put = (...names: readonly string[]): void => {
    for (const name of names) writeFileSync(join(dir, name), 'old');
  };

  it('are deleted after a new one, and nothing else is', async () => {
    const others = [
      'passerby-2026-06-01T0330Z.backup.gz',
      'passerby-2026-06-01.backup',
      'passerby-2026-13-01T0330Z.backup',
      'passerby-2026-02-30T0330Z.backup',
      'mine.backup',
      'Passerby-2026-06-01T0330Z.backup',
    ];
    put(
      'passerby-2026-06-01T0330Z.backup',
      'passerby-2026-06-02T0330Z.backup',
      'passerby-2026-06-03T0330Z.backup',
      ...others,
    );
    mkdirSync(join(dir, 'passerby-2026-05-01T0330Z.backup'));
    const schedule = await opened();
    at('10T03:30');
    await pass(schedule, 1000);
    expect(readdirSync(dir).sort()).toEqual(
      [
        ...others,
        'passerby-2026-05-01T0330Z.backup',
        'passerby-2026-06-02T0330Z.backup',
        'passerby-2026-06-03T0330Z.backup',
        'passerby-2026-06-10T0330Z.backup',
        'passerby-backups.json',
      ].sort(),
    );
    expect(schedule.state().kept).toBe(3);
  });

  it('stay while new ones fail', async () => {
    put('passerby-2026-06-01T0330Z.backup', 'passerby-2026-06-02T0330Z.backup', 'passerby-2026-06-03T0330Z.backup');
    const schedule = await opened({ keep: 1 });
    meanwhile = () => Promise.reject(new Error('no'));
    await pass(schedule, 4 * DAY_MS);
    expect(files()).toHaveLength(3);
    meanwhile = () => undefined;
    await pass(schedule, DAY_MS);
    expect(files()).toEqual(['passerby-2026-06-14T0330Z.backup']);
  });

  it('of a clock that was ahead go first, and never the new one', async () => {
    put('passerby-2099-06-01T0330Z.backup', 'passerby-2099-06-02T0330Z.backup', 'passerby-2026-06-09T0330Z.backup');
    const schedule = await opened();
    at('10T03:30');
    await pass(schedule, 1000);
    expect(files()).toEqual([
      'passerby-2026-06-09T0330Z.backup',
      'passerby-2026-06-10T0330Z.backup',
      'passerby-2099-06-02T0330Z.backup',
    ]);
  });
});

describe('one that fails', () => {
  it.each<[string, string, () => unknown]>([
    [
      'because the store does',
      'Error',
      () => (meanwhile = (frame) => (frame === 2 ? Promise.reject(new Error('secret')) : 0)),
    ],
    ['because the disk is full', 'no_room', () => (disk = { free: RESERVE + 1200, total: 100 * GB })],
    [
      'because the disk becomes full',
      'no_room',
      () => (meanwhile = (frame) => (disk = { free: RESERVE + (frame === 2 ? -1 : 5000), total: 100 * GB })),
    ],
    ['because the folder has gone', 'Error ENOENT', () => rmSync(dir, { recursive: true })],
    [
      'because the folder is another store’s',
      'other_store',
      () => writeFileSync(join(dir, 'passerby-backups.json'), '{"store":"x"}'),
    ],
    [
      'because the folder’s note is damaged',
      'other_store',
      () => writeFileSync(join(dir, 'passerby-backups.json'), ''),
    ],
  ])('%s is told once, tried again, leaves nothing, and harms nothing', async (_why, error, spoil) => {
    const schedule = await opened();
    spoil();
    at('10T03:30');
    await pass(schedule, 5 * MINUTE_MS);
    expect(linesOf('failed')).toEqual([`2026-06-10T03:30:03.000Z error a backup failed error="${error}" try=1`]);
    expect(schedule.state()).toMatchObject({
      last: { ok: false, file: null, bytes: null, error },
      lastGood: null,
      failures: 1,
    });
    expect(schedule.state().next).toMatch(/^2026-06-10T03:45:0/);
    await pass(schedule, 20 * HOUR_MS);
    expect(linesOf('failed')).toHaveLength(4);
    expect(schedule.state()).toMatchObject({ failures: 4, next: '2026-06-11T03:30:00.000Z' });
    if (existsSync(dir)) expect([files(), parts()]).toEqual([[], []]);
    expect(begun).toBe(ended);
    expect(logged.join()).not.toContain('secret');
  });

  it('is made when it can be', async () => {
    const schedule = await opened();
    disk = { free: 0, total: 100 * GB };
    at('10T03:30');
    await pass(schedule, 5 * MINUTE_MS);
    disk = { free: 50 * GB, total: 100 * GB };
    await pass(schedule, HOUR_MS);
    expect(files()).toEqual(['passerby-2026-06-10T0345Z.backup']);
    expect(schedule.state()).toMatchObject({ last: { ok: true }, failures: 1, next: '2026-06-11T03:30:00.000Z' });
  });

  it('says so before it begins where the last one tells how large it will be', async () => {
    writeFileSync(join(dir, 'passerby-2026-06-09T0330Z.backup'), Buffer.alloc(10_000));
    const schedule = await opened();
    disk = { free: RESERVE + 12_000, total: 100 * GB };
    at('10T03:30');
    const before = begun;
    await pass(schedule, MINUTE_MS);
    expect(linesOf('no_room')).toHaveLength(1);
    expect(begun).toBe(before);
    disk = { free: RESERVE + 13_000, total: 100 * GB };
    await pass(schedule, HOUR_MS);
    expect(files()).toHaveLength(2);
  });

  it('leaves a small disk its tenth', async () => {
    const schedule = await opened();
    disk = { free: 10_500, total: 100_000 };
    at('10T03:30');
    await pass(schedule, MINUTE_MS);
    expect(linesOf('no_room')).toHaveLength(1);
    disk = { free: 12_000, total: 100_000 };
    await pass(schedule, HOUR_MS);
    expect(files()).toHaveLength(1);
  });
});

describe('one at a time', () => {
  it('waits for one that somebody asked for', async () => {
    const schedule = await opened();
    isOtherUnderWay = true;
    at('10T03:30');
    await pass(schedule, 3 * HOUR_MS);
    expect([files(), linesOf('fail')]).toEqual([[], []]);
    isOtherUnderWay = false;
    await pass(schedule, MINUTE_MS);
    expect(files()).toEqual([expect.stringMatching(/^passerby-2026-06-10T06/)]);
  });

  it('clears away what a process that was killed had begun', async () => {
    const schedule = await opened();
    writeFileSync(join(dir, 'passerby-2026-06-09T0330Z.backup.part'), 'half');
    writeFileSync(join(dir, 'mine.part'), 'mine');
    at('10T03:30');
    await pass(schedule, 1000);
    expect(parts()).toEqual(['mine.part']);
    expect(files()).toHaveLength(1);
  });

  it('that is broken off by the end is made up for after the next start, and is no failure', async () => {
    const schedule = await opened();
    meanwhile = (frame) => frame === 1 && schedule.stop();
    at('10T03:30');
    await pass(schedule, 1000);
    await pass(schedule, HOUR_MS);
    expect([files(), parts()]).toEqual([[], []]);
    expect(logged.map((line) => line.split(' ')[1])).toEqual(['info', 'info']);
    expect(schedule.state()).toMatchObject({ last: null, failures: 0 });
    meanwhile = () => undefined;
    await pass(await open(), 10 * MINUTE_MS);
    expect(files()).toHaveLength(1);
  });
});

describe('collectors that share a store and a folder', () => {
  it('make one', async () => {
    const [one, other] = [
      await opened({}, { isShared: true }),
      await opened({}, { isShared: true, data: 'other.json' }),
    ];
    at('10T03:30');
    await pass(one, 1000);
    await pass(other, MINUTE_MS);
    expect(files()).toHaveLength(1);
    expect(other.state()).toMatchObject({
      lastGood: '2026-06-10T03:30:00.000Z',
      next: '2026-06-11T03:30:00.000Z',
      failures: 0,
    });
  });

  it('make one also if both are at it, and the next is made if the other was killed over it', async () => {
    const schedule = await opened({}, { isShared: true });
    at('10T03:30');
    const part = join(dir, 'passerby-2026-06-10T0330Z.backup.part');
    writeFileSync(part, 'half');
    utimesSync(part, now / 1000, now / 1000);
    await pass(schedule, 30 * MINUTE_MS);
    expect([files(), linesOf('fail')]).toEqual([[], []]);
    await pass(schedule, HOUR_MS);
    expect(files()).toHaveLength(1);
    expect(parts()).toEqual([]);
  });
});

test('the folder says of which store it is', async () => {
  const schedule = await opened();
  at('10T03:30');
  await pass(schedule, 1000);
  expect(JSON.parse(readFileSync(join(dir, 'passerby-backups.json'), 'utf8'))).toEqual({ store: store.born });
  expect(statSync(join(dir, 'passerby-backups.json')).mode & 0o777).toBe(0o600);
});

import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { NO_BACKUPS } from '../backup/backup-state.ts';
import type { Disk } from '../lib/disk-space.ts';
import { createLog } from '../lib/logger.ts';
import type { Store } from '../store/store.ts';
import { createSystem, type SystemDeps } from './system.ts';

const START = Date.parse('2036-03-15T12:00:00Z');
const MINUTE = 60_000;
const GB = 1e9;

/** Ten days of a GB each. */
const HITS = {
  table: 'hits',
  rows: 1000,
  bytes: 10 * GB,
  parts: 3,
  first: '2036-03-05',
  last: '2036-03-14',
  expires_first: '2046-03-05',
  expires_last: '2046-03-14',
};
const ROOM: Disk = { free: 50 * GB, total: 100 * GB, device: 1 };

/** A system whose store and disks a test has in its hand. */
const stage = (change: Partial<SystemDeps> = {}) => {
  const seen = { asked: 0, isAway: false, now: START, disks: {} as Record<string, Disk>, lines: [] as string[] };
  const query: Store['query'] = async <T>(sql: string): Promise<T[]> => {
    if (seen.isAway) throw new Error('away');
    if (sql.includes('version()')) return [{ version: '26.1' }] as T[];
    if (sql.includes('FROM system.disks')) return [{ free: 4 * GB, total: 400 * GB }] as T[];
    seen.asked += 1;
    return [HITS] as T[];
  };
  const system = createSystem({
    store: { query } as Store,
    topology: null,
    kind: 'embedded',
    log: createLog((line) => seen.lines.push(line)),
    now: () => seen.now,
    version: '1.2.3',
    dataDir: '/data',
    diskOf: async (dir) => {
      const disk = seen.disks[dir];
      if (disk === undefined) throw new Error('ENOENT');
      return disk;
    },
    spool: () => ({ rows: 0, bytes: 0, most: GB, behind: 0, rejected: 0, damaged: 0 }),
    damage: () => ({ detached: 0, unreadable: 0 }),
    backup: () => NO_BACKUPS,
    restarts: () => 2,
    proxyFaults: () => [],
    sumsDays: () => null,
    ...change,
  });
  seen.disks = { '/data/engine': ROOM, '/data/spool': ROOM };
  return { system, seen };
};

const later = (seen: { now: number }, ms: number): void => {
  seen.now += ms;
};

describe('what the collector knows of itself', () => {
  test('is there when somebody asks', async () => {
    const { system } = stage();
    expect(await system.state()).toMatchObject({
      version: '1.2.3',
      startedAt: START,
      dataDir: '/data',
      data: { at: START, rows: 1000, bytes: 10 * GB, days: 10.5 },
      disk: { free: 50 * GB, total: 100 * GB },
      engine: { kind: 'embedded', version: '26.1', restarts: 2 },
      warnings: [{ code: 'no_backup' }],
    });
  });

  test('names every table, also those without rows', async () => {
    const { system } = stage();
    expect((await system.state()).data?.tables).toEqual([
      { name: 'hits', rows: 1000, bytes: 10 * GB, parts: 3, oldest: '2036-03-05' },
      ...['sums', 'logs', 'config', 'migrations'].map((name) => ({ name, rows: 0, bytes: 0, parts: 0, oldest: null })),
    ]);
  });

  test('costs one question a minute, however many ask', async () => {
    const { system, seen } = stage();
    await Promise.all([system.state(), system.state(), system.bytes()]);
    later(seen, MINUTE - 1);
    await system.state();
    expect(seen.asked).toBe(1);
    later(seen, 1);
    await system.state();
    expect(seen.asked).toBe(2);
  });

  test('is what it was while the store is away, and without it nothing of the store', async () => {
    const { system, seen } = stage();
    seen.isAway = true;
    expect(await system.state()).toMatchObject({
      data: null,
      full: null,
      disk: { free: 50 * GB },
      engine: { version: null },
    });
    expect(await system.bytes()).toBeNull();
    seen.isAway = false;
    later(seen, 5000);
    await system.state();
    seen.isAway = true;
    later(seen, 5 * MINUTE);
    expect(await system.state()).toMatchObject({ data: { at: START + 5000, bytes: 10 * GB } });
  });

  test('of a server is its own disk, and that of what waits here', async () => {
    const { system, seen } = stage({ kind: 'server' });
    seen.disks['/data/spool'] = { free: GB, total: 40 * GB, device: 7 };
    const { disk, full, warnings } = await system.state();
    expect({ disk, days: Math.round(((full ?? 0) - START) / 86_400_000) }).toEqual({
      disk: { free: 4 * GB, total: 400 * GB },
      days: 5,
    });
    expect(warnings.map((one) => ('of' in one ? `${one.code} ${one.of}` : one.code))).toEqual([
      'disk_almost_full data',
      'disk_almost_full spool',
      'no_backup',
    ]);
  });

  test('of a cluster is no disk but that of what waits here', async () => {
    const { system, seen } = stage({ kind: 'cluster' });
    seen.disks['/data/spool'] = { free: 1, total: 40 * GB, device: 7 };
    const { disk, full, warnings } = await system.state();
    expect({ disk, full, codes: warnings.map(({ code }) => code) }).toEqual({
      disk: null,
      full: null,
      codes: ['disk_almost_full'],
    });
  });

  test('tells of a disk once, whatever lies on it', async () => {
    const { system, seen } = stage({ backup: () => ({ ...NO_BACKUPS, dir: '/backups' }) });
    const full = { free: 1, total: 40 * GB, device: 1 };
    seen.disks = { '/data/engine': full, '/data/spool': full, '/backups': full };
    const { warnings } = await system.state();
    expect(warnings).toEqual([{ code: 'disk_almost_full', level: 'bad', of: 'data', free: 1, total: 40 * GB }]);
    seen.disks['/backups'] = { ...full, device: 2 };
    expect((await system.state()).warnings.map((one) => 'of' in one && one.of)).toEqual(['data', 'backups']);
  });

  test('is not asked of the store by who looks at the disks, or at the warnings within an hour', async () => {
    const { system, seen } = stage();
    await system.look();
    expect(system.disk()).toEqual({ free: 50 * GB, total: 100 * GB });
    expect(seen.asked).toBe(0);
    system.warnings();
    await setImmediate();
    expect(seen.asked).toBe(1);
    later(seen, 59 * MINUTE);
    system.warnings();
    expect(seen.asked).toBe(1);
    later(seen, MINUTE);
    system.warnings();
    await setImmediate();
    expect(seen.asked).toBe(2);
  });

  test('is asked of a store that did not answer after five seconds', async () => {
    const { system, seen } = stage();
    seen.isAway = true;
    await system.state();
    seen.isAway = false;
    later(seen, 4999);
    system.warnings();
    expect(await system.bytes()).toBeNull();
    expect(seen.asked).toBe(0);
    later(seen, 1);
    expect(await system.bytes()).toBe(10 * GB);
  });
});

describe('a warning', () => {
  const little = { free: GB, total: 100 * GB, device: 1 };

  test('is logged once, when it comes about', async () => {
    const { system, seen } = stage();
    await system.look();
    expect(seen.lines).toEqual([]);
    seen.disks['/data/engine'] = little;
    for (let minute = 0; minute < 5; minute++) {
      await system.look();
      later(seen, MINUTE);
    }
    expect(seen.lines).toEqual([expect.stringMatching(/ warn a disk is almost full: .* of="data" free=1000000000 /)]);
  });

  test('that comes and goes is logged once a day', async () => {
    const { system, seen } = stage();
    const turn = async (): Promise<void> => {
      for (const disk of [little, ROOM]) {
        seen.disks['/data/engine'] = disk;
        await system.look();
        later(seen, MINUTE);
      }
    };
    for (let times = 0; times < 10; times++) await turn();
    expect(seen.lines).toHaveLength(1);
    later(seen, 24 * 60 * MINUTE);
    await turn();
    expect(seen.lines).toHaveLength(2);
  });

  test('of another disk is logged beside it', async () => {
    const { system, seen } = stage({ backup: () => ({ ...NO_BACKUPS, dir: '/backups' }) });
    seen.disks['/data/engine'] = little;
    await system.look();
    seen.disks['/backups'] = { ...little, device: 2 };
    await system.look();
    expect(seen.lines.map((line) => / of="(\w+)"/.exec(line)?.[1])).toEqual(['data', 'backups']);
  });
});

import { describe, expect, it, test } from 'vitest';
import { encodeSegment, segmentFile } from '../ingest/spool/segment.ts';
import type { Room } from '../lib/disk-space.ts';
import type { Store } from '../store/store.ts';
import { checkBackups } from './check-backups.ts';
import { checkClock } from './check-clock.ts';
import { checkProxies, checkStore, checkVersions } from './check-machine.ts';
import { checkPermissions } from './check-permissions.ts';
import { checkSpace } from './check-space.ts';
import { checkSpool } from './check-spool.ts';
import { checkZones } from './check-zones.ts';
import type { Disk, Entry } from './disk.ts';
import type { Found } from './finding.ts';
import type { Patient, RunningFacts } from './patient.ts';
import { inShort, patientOf } from './testing.ts';

const GB = 1e9;
const NOW = Date.parse('2026-06-09T12:00:00Z');
const MINUTE = 60_000;
const DIR = '/data';

/** A file system in memory. */
const diskWith = ({
  room = { free: 50 * GB, total: 100 * GB, files: 1e6 },
  files = {},
  mode = 0o700,
}: {
  room?: Room;
  files?: Readonly<Record<string, Partial<Entry> & { bytes?: Buffer }>>;
  mode?: number;
}): Disk => {
  const entry = (path: string): Entry => {
    const own = path === DIR ? { isFolder: true, isFile: false, mode } : files[path.slice(DIR.length + 1)];
    if (own === undefined) throw Object.assign(new Error('absent'), { code: 'ENOENT', syscall: 'lstat', path });
    return { isFolder: false, isFile: true, size: 10, mode: 0o600, uid: 1000, changed: NOW - MINUTE, ...own, path };
  };
  return {
    room: async () => room,
    look: async (path) => entry(path),
    names: async (folder) => {
      const below = `${folder.slice(DIR.length + 1)}/`.replace(/^\/$/, '').replace(/^\.\//, '');
      return Object.keys(files)
        .filter((name) => name.startsWith(below) && !name.slice(below.length).includes('/'))
        .map((name) => name.slice(below.length));
    },
    read: async (path) => files[path.slice(DIR.length + 1)]?.bytes ?? Buffer.alloc(0),
    user: () => 1000,
    async *walk() {
      for (const name of Object.keys(files)) yield entry(`${DIR}/${name}`);
    },
  };
};

const storeWith = (answer: (sql: string) => unknown[]): Store =>
  ({ query: async (sql: string) => answer(sql), ping: async () => {} }) as unknown as Store;
const RUNNING: RunningFacts = { up: 3 * 86_400_000, moved: 0, proxyFaults: [], behind: 0 };
const at = (own: Partial<Patient>): Patient => patientOf({ dataDir: DIR, now: () => NOW, disk: diskWith({}), ...own });
const short = async (found: Promise<Found[]>): Promise<string[]> => (await found).map(inShort);
const say = (): void => {};

describe('space', () => {
  const CASES: readonly [string, Partial<Patient>, readonly (string | RegExp)[]][] = [
    ['enough', {}, ['ok The disk of DATA_DIR has 50.0 GB free of 100.0 GB.']],
    [
      'full',
      { disk: diskWith({ room: { free: 0, total: 100 * GB, files: null } }) },
      [
        /^wrong The disk of DATA_DIR has 0.0 MB free of 100.0 GB: it is full/,
        /^warn SPOOL_MAX is 1\.1 GB, and the disk has room for 0.0 MB/,
      ],
    ],
    [
      'full for the spool',
      { disk: diskWith({ room: { free: 60 * 2 ** 20, total: 100 * GB, files: null } }) },
      [/^wrong .*it is full/, /^warn SPOOL_MAX/],
    ],
    [
      'a tenth of a small disk',
      { spoolMax: 1e6, disk: diskWith({ room: { free: 15e6, total: 100e6, files: null } }) },
      ['warn The disk of DATA_DIR has 15.0 MB free of 100.0 MB.'],
    ],
    [
      'less than a tenth of a small disk',
      { spoolMax: 1e6, disk: diskWith({ room: { free: 9e6, total: 100e6, files: null } }) },
      [/^wrong .*it is full/, /^warn SPOOL_MAX/],
    ],
    [
      'little',
      { disk: diskWith({ room: { free: 5 * GB, total: 100 * GB, files: null } }) },
      ['warn The disk of DATA_DIR has 5.0 GB free of 100.0 GB.'],
    ],
    ['little of a large one', { disk: diskWith({ room: { free: 50 * GB, total: 1000 * GB, files: null } }) }, [/^ok /]],
    [
      'no room for the spool',
      { spoolMax: 80 * GB },
      [/^ok /, 'warn SPOOL_MAX is 80.0 GB, and the disk has room for 49.9 GB of hits that wait for the store.'],
    ],
    [
      'what waits has room already',
      { spoolMax: 80 * GB, disk: diskWith({ files: { 'spool/a': { size: 40 * GB } } }) },
      [/^ok /],
    ],
    [
      'few files',
      { disk: diskWith({ room: { free: 50 * GB, total: 100 * GB, files: 5000 } }) },
      [/^ok /, /^warn The disk of DATA_DIR has room for 5,000 more files/],
    ],
    [
      'no files',
      { disk: diskWith({ room: { free: 50 * GB, total: 100 * GB, files: 3 } }) },
      [/^ok /, /^wrong .* room for 3 more files/],
    ],
    [
      'of backups too',
      { backups: { dir: '/backups', failed: null } },
      [/^ok .*DATA_DIR/, /^ok The disk of BACKUP_DIR has 50.0 GB free/],
    ],
    [
      'of a server',
      { engine: 'server', closed: null, store: storeWith(() => [{ name: 'default', free: 1e6, total: 100 * GB }]) },
      [/^ok .*DATA_DIR/, /^wrong The disk default of the ClickHouse server has 1.0 MB free/],
    ],
    [
      'that cannot be asked',
      {
        disk: {
          ...diskWith({}),
          room: () => Promise.reject(Object.assign(new Error('no'), { code: 'EIO', syscall: 'statfs' })),
        },
      },
      [/^wrong The disk of DATA_DIR cannot be asked: statfs failed \(EIO\)/, /^skipped /],
    ],
  ];
  test.each(CASES)('%s', async (_what, own, expected) => {
    expect(await short(checkSpace(at(own)))).toEqual(
      expected.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))),
    );
  });
});

describe('time zones', () => {
  const answers = (local: string): Promise<string[]> =>
    short(checkZones(at({ store: storeWith(() => [{ local }]) }), ['Europe/Berlin', 'Asia/Kathmandu']));

  it('that the store has other hours of are named', async () => {
    expect(await answers('2026-06-09T14:00:00')).toEqual([
      'warn Node.js and the store know different hours of Asia/Kathmandu.',
    ]);
    expect(await answers('2026-06-09T17:45:00')).toEqual([
      'warn Node.js and the store know different hours of Europe/Berlin.',
    ]);
  });

  it('that cannot be compared are not said to be right', async () => {
    const store = storeWith(() => {
      throw new Error('it is away');
    });
    expect(await short(checkZones(at({ store }), ['Europe/Berlin']))).toEqual([
      expect.stringContaining('agree on 0 time zones'),
      expect.stringMatching(/^skipped The hours of Europe\/Berlin cannot be compared: /),
    ]);
  });
});

describe('clock', () => {
  const rows = (hits: number, logs = 0, applied = 0): Store =>
    storeWith((sql) => [
      {
        at: sql.includes('FROM hits')
          ? hits
          : sql.includes('FROM logs')
            ? logs
            : sql.includes('now64')
              ? NOW + 90_000
              : applied,
      },
    ]);
  const segment = segmentFile({ number: 1, token: 't' });
  const batch = (begun: number): Buffer => encodeSegment({ columns: ['a'], begun }, ['[1]\n'], []);
  const CASES: readonly [string, Partial<Patient>, readonly (string | RegExp)[]][] = [
    [
      'right',
      { store: rows(NOW - 5000) },
      ['ok The clock says 2026-06-09T12:00:00Z, and is 5 seconds after the newest that is stored.'],
    ],
    ['no hit yet', { store: rows(0) }, [/^ok The clock says/]],
    [
      'a hit from tomorrow',
      { store: rows(NOW + 26 * 60 * MINUTE) },
      ['wrong The newest hit is from 1 day after now: the clock is behind, or was ahead then.'],
    ],
    [
      'a log record from the future',
      { store: rows(0, NOW + 10 * MINUTE) },
      [/^wrong The newest log record is from 10 minutes after now/],
    ],
    [
      'an upgrade from the future',
      { store: rows(0, 0, NOW + 10 * MINUTE) },
      [/^wrong The newest version of the tables/],
    ],
    [
      'a batch from the future',
      { store: rows(0), disk: diskWith({ files: { [`spool/${segment}`]: { bytes: batch(NOW + 5 * MINUTE) } } }) },
      [/^wrong A batch in the spool is from 5 minutes after now/],
    ],
    [
      'a file from the future',
      { store: rows(0), disk: diskWith({ files: { 'sites.json': { changed: NOW + 3 * 60 * MINUTE } } }) },
      [/^wrong A file of DATA_DIR is from 3 hours after now/],
    ],
    [
      'moved back',
      { store: rows(0), running: { ...RUNNING, moved: -60 * MINUTE } },
      [/^wrong The clock was moved back by 1 hour since the collector was started \(it ran for 3 days\)/],
    ],
    [
      'moved ahead',
      { store: rows(0), running: { ...RUNNING, moved: 60 * MINUTE } },
      [/^warn The clock was moved ahead by 1 hour .* or the machine slept/],
    ],
    ['moved by NTP', { store: rows(0), running: { ...RUNNING, moved: 90_000 } }, [/^ok /]],
    [
      'another one than the server',
      { engine: 'server', store: rows(NOW) },
      [/^wrong The clocks of this machine and of the ClickHouse server are 90\.0 seconds apart/],
    ],
    [
      'no store',
      { disk: diskWith({ files: { 'sites.json': { changed: NOW + 3 * 60 * MINUTE } } }) },
      [/^wrong A file of DATA_DIR/, /^skipped When the newest was stored/],
    ],
  ];
  test.each(CASES)('%s', async (_what, own, expected) => {
    const found = await short(checkClock(at(own)));
    expect(found).toEqual(expected.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))));
  });
});

describe('permissions', () => {
  const CASES: readonly [string, Disk, readonly RegExp[]][] = [
    ['closed', diskWith({ files: { a: {}, b: {} } }), [/^ok DATA_DIR is open to its own user alone\.$/]],
    [
      'open, with closed files',
      diskWith({ mode: 0o755, files: { a: {} } }),
      [/^ok DATA_DIR is open to others \(755\), and no file in it is\.$/],
    ],
    [
      'open, with open files',
      diskWith({ mode: 0o755, files: { 'engine/a': { mode: 0o644 } } }),
      [/^warn Other users can read 1 file in DATA_DIR, as engine\/a\.$/],
    ],
    ['closed, with open files', diskWith({ files: { a: { mode: 0o644 }, b: { mode: 0o666 } } }), [/^ok /]],
    ['open to be written', diskWith({ mode: 0o777, files: {} }), [/^wrong Every user of this machine can change/]],
    [
      'open, with files to be written',
      diskWith({ mode: 0o755, files: { a: { mode: 0o666 } } }),
      [/^wrong Other users can change 1 file in DATA_DIR, as a\.$/],
    ],
    [
      'of another user',
      { ...diskWith({}), user: () => 4711 },
      [/^warn DATA_DIR belongs to another user \(1000\) than this one \(4711\)\.$/],
    ],
    ['of root', { ...diskWith({}), user: () => 0 }, [/^ok /]],
    [
      "another user's files",
      diskWith({ files: { a: { uid: 4711 }, b: {} } }),
      [
        /^wrong 1 file in DATA_DIR belongs to another user than the folder, as a: the collector may not be able to use it\.$/,
      ],
    ],
  ];
  test.each(CASES)('%s', async (_what, disk, expected) => {
    const found = await short(checkPermissions(at({ disk })));
    expect(found).toEqual(expected.map((one) => expect.stringMatching(one)));
  });
});

describe('spool', () => {
  const segment = (number: number): string => segmentFile({ number, token: 't' });
  const whole = encodeSegment({ columns: ['a'], begun: NOW }, ['[1]\n', '[2]\n'], []);
  const garbled = Buffer.from(whole);
  garbled[garbled.length - 3] = (garbled[garbled.length - 3] ?? 0) ^ 1;
  const CASES: readonly [string, Partial<Patient>, readonly string[]][] = [
    ['empty', {}, ['ok Nothing waits in the spool, and nothing was set aside.']],
    [
      'waiting',
      { disk: diskWith({ files: { [`spool/${segment(1)}`]: { bytes: whole } } }) },
      ['ok 2 rows wait in the spool, and nothing was set aside.'],
    ],
    [
      'damaged',
      {
        disk: diskWith({
          files: { [`spool/${segment(1)}`]: { bytes: garbled }, [`spool/${segment(2)}`]: { bytes: whole } },
        }),
      },
      ['wrong 1 batch that waits in the spool is damaged: what is whole of it is stored, the rest is lost.'],
    ],
    [
      'set aside',
      {
        disk: diskWith({
          files: { [`rejected/${segment(1)}`]: {}, [`rejected/${segment(2).replace('rows', 'damaged')}`]: {} },
        }),
      },
      [
        'wrong 1 batch could not be stored and was set aside.',
        'warn 1 damaged piece of batches lies in DATA_DIR/rejected and is in no number.',
      ],
    ],
    [
      'behind',
      { running: { ...RUNNING, behind: 3600 } },
      ['warn What was accepted waits for 1 hour: the store is away, or too slow.'],
    ],
  ];
  test.each(CASES)('%s', async (_what, own, expected) => {
    expect(await short(checkSpool(at(own), say))).toEqual(expected);
  });
});

describe('the rest', () => {
  it('proxies are known while a collector runs', async () => {
    expect(await short(checkProxies(at({})))).toEqual([expect.stringMatching(/^skipped No collector/)]);
    expect(await short(checkProxies(at({ running: RUNNING })))).toEqual([expect.stringMatching(/^ok /)]);
    const running: RunningFacts = { ...RUNNING, proxyFaults: ['private_clients', 'unnamed_proxy'] };
    expect(await short(checkProxies(at({ running })))).toEqual([
      expect.stringMatching(/^warn Visitors seem/),
      expect.stringMatching(/^warn Visitors come by a proxy/),
    ]);
  });

  it('a store that is not there, or does not answer, is told', async () => {
    expect(await short(checkStore(at({ closed: 'it is broken' })))).toEqual([
      'wrong The store cannot be opened: it is broken.',
    ]);
    const store = { ping: () => Promise.reject(new Error('gone')) } as unknown as Store;
    expect(await short(checkStore(at({ store, engine: 'server' })))).toEqual([
      'wrong The ClickHouse server does not answer: gone.',
    ]);
  });

  it('this Node.js is one on which it runs', async () => {
    expect(await short(checkVersions('1.2.3'))).toEqual([
      expect.stringMatching(/^ok Passerby 1\.2\.3 on Node\.js \d+/),
    ]);
  });

  it('backups that failed, or are not there, are told', async () => {
    expect(await short(checkBackups(at({}), say))).toEqual([expect.stringMatching(/^skipped No BACKUP_DIR/)]);
    expect(await short(checkBackups(at({ engine: 'cluster' }), say))).toEqual([
      expect.stringMatching(/^skipped A cluster/),
    ]);
    expect(await short(checkBackups(at({ backups: { dir: '/nowhere', failed: 'the disk is full' } }), say))).toEqual([
      'wrong The last backup failed: the disk is full.',
      expect.stringMatching(/^wrong BACKUP_DIR cannot be read: .*ENOENT/),
    ]);
  });
});

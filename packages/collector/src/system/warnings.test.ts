import { describe, expect, test } from 'vitest';
import { type BackupState, NO_BACKUPS } from '../backup/backup-state.ts';
import { isAlmostFull } from './disks.ts';
import { type Facts, warningsOf } from './warnings.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2036-03-15T12:00:00Z');
const GIB = 2 ** 30;

const iso = (ms: number): string => new Date(ms).toISOString();

/** Backups every night, the last one of which went well. */
const NIGHTLY: BackupState = {
  dir: '/backups',
  every: ['03:30'],
  kept: 7,
  last: { at: iso(NOW - 8 * HOUR), ok: true, file: 'x.backup', bytes: 1, tookMs: 1, error: null },
  lastGood: iso(NOW - 8 * HOUR),
  next: iso(NOW + 16 * HOUR),
  failures: 0,
  isUnderWay: false,
};
const NOT_YET: BackupState = { ...NIGHTLY, kept: 0, last: null, lastGood: null };
const FAILED = { at: iso(NOW - HOUR), ok: false, file: null, bytes: null, tookMs: 1, error: 'ENOSPC' };

const WELL: Facts = {
  now: NOW,
  startedAt: NOW - 90 * DAY,
  disks: [
    { of: 'data', free: 20 * GIB, total: 40 * GIB },
    { of: 'backups', free: 90 * GIB, total: 100 * GIB },
  ],
  full: null,
  spool: { bytes: 0, most: GIB, behind: 0, rejected: 0, damaged: 0 },
  damage: { detached: 0, unreadable: 0 },
  backup: NIGHTLY,
  makesBackups: true,
  proxyFaults: [],
};

const spool = (change: Partial<Facts['spool']>): Partial<Facts> => ({ spool: { ...WELL.spool, ...change } });
const backup = (change: Partial<BackupState>): Partial<Facts> => ({ backup: { ...NIGHTLY, ...change } });
const disks = (...room: readonly [Facts['disks'][number]['of'], number, number][]): Partial<Facts> => ({
  disks: room.map(([of, free, total]) => ({ of, free: free * GIB, total: total * GIB })),
});

describe('warnings', () => {
  test.each<[string, Partial<Facts>, readonly string[]]>([
    ['none where all is well', {}, []],
    ['a disk with little room', disks(['data', 3, 40]), ['bad disk_almost_full data']],
    [
      'each disk with little room',
      disks(['data', 3, 40], ['spool', 20, 40], ['backups', 0, 40]),
      ['bad disk_almost_full data', 'bad disk_almost_full backups'],
    ],
    ['no disk is known', { disks: [] }, []],
    ['a disk that will be full', { full: NOW + 29 * DAY }, ['warn disk_full_soon']],
    ['a disk that will be full later', { full: NOW + 30 * DAY }, []],
    [
      'a disk that is almost full: not that it will be',
      { ...disks(['data', 1, 40]), full: NOW + DAY },
      ['bad disk_almost_full data'],
    ],
    [
      'another disk that is almost full, too',
      { ...disks(['data', 9, 40], ['backups', 1, 40]), full: NOW + DAY },
      ['bad disk_almost_full backups', 'warn disk_full_soon'],
    ],
    ['parts that were set aside', { damage: { detached: 1, unreadable: 0 } }, ['bad damage']],
    ['parts that cannot be read', { damage: { detached: 0, unreadable: 2 } }, ['bad damage']],
    ['pieces that were damaged while they waited', spool({ damaged: 1 }), ['bad damage']],
    ['segments that were set aside', spool({ rejected: 1 }), ['warn set_aside']],
    ['half of what may wait', spool({ bytes: GIB / 2 }), []],
    ['more than half of what may wait', spool({ bytes: GIB / 2 + 1 }), ['bad spool_filling']],
    ['five minutes behind', spool({ behind: 300 }), ['warn behind']],
    ['less than five minutes behind', spool({ behind: 299 }), []],
    ['no backups at all', { backup: NO_BACKUPS }, ['info no_backup']],
    ['a cluster', { backup: NO_BACKUPS, makesBackups: false }, []],
    ['backups that others make', { backup: { ...NO_BACKUPS, lastGood: iso(NOW - 99 * DAY) } }, []],
    ['a backup that failed', backup({ last: FAILED }), ['bad backup_failed']],
    ['a backup that failed, and no other', backup({ last: FAILED, lastGood: null }), ['bad backup_failed']],
    ['a backup two days old', backup({ lastGood: iso(NOW - 2 * DAY) }), []],
    ['a backup more than two days old', backup({ lastGood: iso(NOW - 2 * DAY - 1) }), ['warn backup_old']],
    [
      'a backup more than two hours old of many a day',
      backup({
        every: Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`),
        lastGood: iso(NOW - 2 * HOUR - 1),
      }),
      ['warn backup_old'],
    ],
    [
      'a backup older than twice the longest pause',
      backup({ every: ['20:00', '08:00', '12:00'], lastGood: iso(NOW - 24 * HOUR - 1) }),
      ['warn backup_old'],
    ],
    ['not yet older', backup({ every: ['20:00', '08:00', '12:00'], lastGood: iso(NOW - 24 * HOUR) }), []],
    ['times switched off', backup({ every: [], lastGood: iso(NOW - 99 * DAY) }), []],
    ['backups that were just set up', { backup: NOT_YET, startedAt: NOW - HOUR }, []],
    ['backups that never came about', { backup: NOT_YET, startedAt: NOW - 3 * DAY }, ['warn backup_old']],
    ['clients that all look private', { proxyFaults: ['private_clients'] }, ['warn private_clients']],
    [
      'two things wrong with proxies',
      { proxyFaults: ['unnamed_proxy', 'no_client_address'] },
      ['warn unnamed_proxy', 'warn no_client_address'],
    ],
    [
      'the worst first',
      { ...spool({ behind: 999, bytes: GIB }), backup: NO_BACKUPS, proxyFaults: ['private_clients'] },
      ['bad spool_filling', 'warn behind', 'warn private_clients', 'info no_backup'],
    ],
  ])('%s', (_name, change, expected) => {
    const found = warningsOf({ ...WELL, ...change });
    expect(
      found.map(({ level, code, ...facts }) => [level, code, ...('of' in facts ? [facts.of] : [])].join(' ')),
    ).toEqual(expected);
  });
});

describe('a disk is almost full', () => {
  test.each([
    // GiB free, of, and whether that is little.
    [4.1, 40, false],
    [3.9, 40, true],
    [10.1, 4000, false],
    [9.9, 4000, true],
    [1.01, 8, false],
    [0.99, 8, true],
    [0.26, 1, false],
    [0.24, 1, true],
    [0, 1, true],
  ])('%d GiB free of %d: %s', (free, total, isLittle) => {
    expect(isAlmostFull({ free: free * GIB, total: total * GIB })).toBe(isLittle);
  });
});

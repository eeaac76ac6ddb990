import type { BackupState } from '../backup/backup-state.ts';
import type { ProxyFault } from '../lib/proxy-fault.ts';
import { isAlmostFull, type Place, type PlacedDisk } from './disks.ts';

/** All that is warned of. `bad`: something is lost or will be, `warn`: it will come to that, `info`: to think about. */
export type Warning = (
  | { readonly code: 'disk_almost_full'; readonly of: Place; readonly free: number; readonly total: number }
  /** Unix milliseconds. */
  | { readonly code: 'disk_full_soon'; readonly at: number }
  | { readonly code: 'damage'; readonly detached: number; readonly unreadable: number; readonly pieces: number }
  | { readonly code: 'set_aside'; readonly segments: number }
  | { readonly code: 'spool_filling'; readonly bytes: number; readonly most: number }
  | { readonly code: 'behind'; readonly seconds: number }
  | { readonly code: 'backup_failed'; readonly at: number; readonly error: string | null }
  /** `at`: the last one that succeeded; null: none has yet. */
  | { readonly code: 'backup_old'; readonly at: number | null }
  | { readonly code: 'no_backup' }
  | { readonly code: ProxyFault }
) & { readonly level: 'bad' | 'warn' | 'info' };

/** What {@link warningsOf} judges. */
export interface Facts {
  /** Unix milliseconds. */
  readonly now: number;
  readonly startedAt: number;
  readonly disks: readonly PlacedDisk[];
  /** When the disk of the data will be full; null: it is not known, or far away. */
  readonly full: number | null;
  readonly spool: {
    readonly bytes: number;
    readonly most: number;
    readonly behind: number;
    readonly rejected: number;
    readonly damaged: number;
  };
  readonly damage: { readonly detached: number; readonly unreadable: number };
  readonly backup: BackupState;
  /** Whether the collector could make some. A cluster is backed up otherwise. */
  readonly makesBackups: boolean;
  /** What is wrong between the collector and its proxies. */
  readonly proxyFaults: readonly ProxyFault[];
}

const DAY_MS = 86_400_000;
/** A disk that will be full within these days. */
const SOON_MS = 30 * DAY_MS;
/** Seconds from which on storing is behind: a restart of the store takes less. */
export const BEHIND_S = 300;
/** The share of what may wait. */
const FILLING = 0.5;
/** Of the time between two backups. */
const OLD = 2;

/** What whoever runs the collector should see to, the worst first. */
export const warningsOf = (facts: Facts): Warning[] => {
  const { damage, spool, proxyFaults } = facts;
  const { rejected, damaged: pieces, bytes, most, behind } = spool;
  const all: (Warning | false)[] = [
    ...diskWarnings(facts),
    damage.detached + damage.unreadable + pieces > 0 && { code: 'damage', level: 'bad', ...damage, pieces },
    rejected > 0 && { code: 'set_aside', level: 'warn', segments: rejected },
    bytes > most * FILLING && { code: 'spool_filling', level: 'bad', bytes, most },
    behind >= BEHIND_S && { code: 'behind', level: 'warn', seconds: behind },
    ...backupWarnings(facts),
    ...proxyFaults.map((code): Warning => ({ code, level: 'warn' })),
  ];
  const found = all.filter((one) => one !== false);
  return LEVELS.flatMap((level) => found.filter((one) => one.level === level));
};

const LEVELS = ['bad', 'warn', 'info'] as const;

const diskWarnings = ({ disks, full, now }: Facts): Warning[] => {
  const short = disks.filter(isAlmostFull);
  if (full !== null && full - now < SOON_MS && !short.some(({ of }) => of === 'data'))
    return [...short.map(almostFull), { code: 'disk_full_soon', level: 'warn', at: full }];
  return short.map(almostFull);
};

const almostFull = (disk: PlacedDisk): Warning => ({ code: 'disk_almost_full', level: 'bad', ...disk });

const backupWarnings = ({ backup, makesBackups, now, startedAt }: Facts): Warning[] => {
  const { dir, every, last, lastGood } = backup;
  const good = lastGood === null ? null : Date.parse(lastGood);
  if (dir === null) return good === null && makesBackups ? [{ code: 'no_backup', level: 'info' }] : [];
  if (last !== null && !last.ok)
    return [{ code: 'backup_failed', level: 'bad', at: Date.parse(last.at), error: last.error }];
  // Who has just set it up has none yet.
  const isOld = every.length > 0 && now - (good ?? startedAt) > OLD * longestPause(every);
  return isOld ? [{ code: 'backup_old', level: 'warn', at: good }] : [];
};

/** The longest time between two backups at these times of the day, in milliseconds. */
const longestPause = (every: readonly string[]): number => {
  const minutes = every.map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))).sort((a, b) => a - b);
  const pauses = minutes.map((at, n) => (minutes[n + 1] ?? (minutes[0] ?? 0) + DAY_MIN) - at);
  return Math.max(...pauses) * 60_000;
};

const DAY_MIN = 24 * 60;

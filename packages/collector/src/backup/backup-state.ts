/** What became of the last backup. */
export interface LastBackup {
  /** When it ended, as ISO time. */
  readonly at: string;
  readonly ok: boolean;
  /** Name of the file in the folder of backups; null: there is none of it. */
  readonly file: string | null;
  readonly bytes: number | null;
  readonly tookMs: number;
  /** Why it failed, in few words; null: it did not. */
  readonly error: string | null;
}

/** Why the last one failed, in few words; null: it did not. */
export const failureOf = (last: LastBackup | null): string | null =>
  last?.ok === false ? (last.error ?? 'unknown') : null;

/** What is known of the backups that the collector makes by itself, and of those that somebody asked it for. */
export interface BackupState {
  /** `BACKUP_DIR`; null: it makes none by itself. */
  readonly dir: string | null;
  /** Times of the day at which it does, as `HH:MM` in UTC. */
  readonly every: readonly string[];
  /** How many are in the folder. */
  readonly kept: number;
  readonly last: LastBackup | null;
  /** When the last one that succeeded ended, as ISO time. */
  readonly lastGood: string | null;
  /** When the next one begins, as ISO time. */
  readonly next: string | null;
  /** How many failed since the start. */
  readonly failures: number;
  /** Whether the collector is writing one into the folder. */
  readonly isUnderWay: boolean;
}

/** Of a collector that makes none, and was asked for none. */
export const NO_BACKUPS: BackupState = {
  dir: null,
  every: [],
  kept: 0,
  last: null,
  lastGood: null,
  next: null,
  failures: 0,
  isUnderWay: false,
};

import type { BackupState } from '../backup/backup-state.ts';
import type { Backlog } from '../ingest/spool/write-buffer.ts';
import type { DiskSpace } from '../lib/disk-space.ts';
import type { Listening } from '../server/listen.ts';

/** Numbers of others, which are read when somebody asks. */
export interface Sources {
  readonly backlog: () => Backlog;
  /** Bytes that may wait for the store. */
  readonly spoolMax: number;
  readonly load: Listening['load'];
  readonly linesLost: () => number;
  readonly knownBrowsers: () => number;
  readonly liveViewers: () => number;
  readonly engineReady: () => Promise<boolean>;
  readonly engineRestarts: () => number;
  /** Beacons since the start that named no site here. */
  readonly unknownNames: () => number;
  readonly damagedParts: () => Readonly<Record<'detached' | 'unreadable', number>>;
  /** null: not known. */
  readonly disk: () => DiskSpace | null;
  /** null: the store has not answered yet. */
  readonly dataBytes: () => Promise<number | null>;
  readonly backup: () => BackupState;
}

/** A number under its name. */
interface Reading<T> {
  readonly name: string;
  readonly help: string;
  readonly value: (sources: Sources) => T;
}

/** What only ever grows. */
export const COUNTED_ELSEWHERE: readonly Reading<number>[] = [
  {
    name: 'passerby_unknown_site_beacons_total',
    help: 'Beacons that named no site of this collector.',
    value: ({ unknownNames }) => unknownNames(),
  },
  {
    name: 'passerby_log_lines_lost_total',
    help: 'Lines of the log that could not be written.',
    value: ({ linesLost }) => linesLost(),
  },
  {
    name: 'passerby_turned_away_total',
    help: 'Connections and requests for which there was no room.',
    value: ({ load }) => load().turnedAway,
  },
  {
    name: 'passerby_engine_restarts_total',
    help: 'How often the embedded engine was started anew.',
    value: ({ engineRestarts }) => engineRestarts(),
  },
  {
    name: 'passerby_backup_failures_total',
    help: 'Backups that failed.',
    value: ({ backup }) => backup().failures,
  },
];

/** Unix seconds of an ISO time. */
const seconds = (time: string | null): number | null => (time === null ? null : Date.parse(time) / 1000);

/** What is so now. null: not known, or there is none. */
export const GAUGES: readonly Reading<number | null | Promise<number | null>>[] = [
  {
    name: 'passerby_spool_rows',
    help: 'Rows accepted and not yet stored.',
    value: ({ backlog }) => backlog().rows,
  },
  { name: 'passerby_spool_bytes', help: 'Bytes of them.', value: ({ backlog }) => backlog().bytes },
  { name: 'passerby_spool_max_bytes', help: 'Bytes that may wait.', value: ({ spoolMax }) => spoolMax },
  {
    name: 'passerby_spool_behind_seconds',
    help: 'Time since the oldest of them was accepted.',
    value: ({ backlog }) => backlog().behind,
  },
  {
    name: 'passerby_rejected',
    help: 'Segments that were set aside and can be put back.',
    value: ({ backlog }) => backlog().rejected,
  },
  {
    name: 'passerby_damaged',
    help: 'Damaged pieces of the spool that were set aside.',
    value: ({ backlog }) => backlog().damaged,
  },
  { name: 'passerby_connections', help: 'Open connections.', value: ({ load }) => load().connections },
  { name: 'passerby_requests_under_way', help: 'Requests under way.', value: ({ load }) => load().requests },
  { name: 'passerby_live_viewers', help: 'Live views that are open.', value: ({ liveViewers }) => liveViewers() },
  {
    name: 'passerby_known_browsers',
    help: 'Browsers of the day that are recognised.',
    value: ({ knownBrowsers }) => knownBrowsers(),
  },
  {
    name: 'passerby_engine_ready',
    help: '1 if the store answers.',
    value: async ({ engineReady }) => Number(await engineReady()),
  },
  {
    name: 'passerby_store_detached_parts',
    help: 'Damaged parts of tables that the engine set aside.',
    value: ({ damagedParts }) => damagedParts().detached,
  },
  {
    name: 'passerby_store_unreadable_parts',
    help: 'Damaged parts of tables that are there and fail questions.',
    value: ({ damagedParts }) => damagedParts().unreadable,
  },
  {
    name: 'passerby_data_bytes',
    help: 'Bytes of the tables.',
    value: ({ dataBytes }) => dataBytes(),
  },
  {
    name: 'passerby_disk_free_bytes',
    help: 'Room on the disk of the data.',
    value: ({ disk }) => disk()?.free ?? null,
  },
  {
    name: 'passerby_disk_size_bytes',
    help: 'Size of the disk of the data.',
    value: ({ disk }) => disk()?.total ?? null,
  },
  {
    name: 'passerby_backup_last_success_timestamp_seconds',
    help: 'When the last backup that succeeded ended.',
    value: ({ backup }) => seconds(backup().lastGood),
  },
  {
    name: 'passerby_backup_last_size_bytes',
    help: 'Size of the last backup.',
    value: ({ backup }) => backup().last?.bytes ?? null,
  },
  {
    name: 'passerby_backup_last_ok',
    help: '1 if the last backup succeeded, 0 if it failed.',
    value: ({ backup }) => {
      const { last } = backup();
      return last === null ? null : Number(last.ok);
    },
  },
];

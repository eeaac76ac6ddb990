import type { Disk, DiskSpace } from '../lib/disk-space.ts';

/** What lies on a disk: the store's data, what waits for the store, the backups. */
export type Place = 'data' | 'spool' | 'backups';

/** The disk of one of them. */
export interface PlacedDisk extends DiskSpace {
  readonly of: Place;
}

/** The disks of this machine that the collector writes to, as they were when they were looked at last. */
export interface Disks {
  look(): Promise<void>;
  /** Each disk once, by the first of what lies on it. */
  all(): readonly PlacedDisk[];
  of(place: Place): DiskSpace | null;
}

/** What {@link createDisks} needs. */
export interface DisksDeps {
  /** Folders by what is in them; null: it is not on this machine. The first of those on one disk stands for it. */
  readonly folders: () => Readonly<Record<Place, string | null>>;
  readonly diskOf: (dir: string) => Promise<Disk>;
}

/** Remembers the room that was there. A folder that is not there, or on a disk that does not answer, has none. */
export const createDisks = ({ folders, diskOf }: DisksDeps): Disks => {
  let known: readonly (PlacedDisk & Disk)[] = [];
  return {
    async look() {
      const found = await Promise.all(
        (Object.entries(folders()) as [Place, string | null][]).map(async ([of, dir]) => {
          const disk = dir === null ? null : await diskOf(dir).catch(() => null);
          return disk === null ? [] : [{ of, ...disk }];
        }),
      );
      known = found.flat();
    },
    all: () =>
      known
        .filter(({ device }, at) => known.findIndex((other) => other.device === device) === at)
        .map(({ device: _, ...disk }) => disk),
    of(place) {
      const disk = known.find(({ of }) => of === place);
      return disk === undefined ? null : { free: disk.free, total: disk.total };
    },
  };
};

const MB = 1024 * 1024;
/** Of a disk so much is to be free: merging, upgrades and backups need room. */
const SHARE = 0.1;
/** More is not asked for on a large disk, */
const MOST = 10 * 1024 * MB;
/** nor less on a small one, */
const LEAST = 1024 * MB;
/** unless that were more than this share of it. */
const MOST_SHARE = 0.25;

/**
 * Whether so little is free that somebody should see to it.
 * @example isAlmostFull({ free: 3e9, total: 40e9 }) === true // under a tenth
 */
export const isAlmostFull = ({ free, total }: DiskSpace): boolean =>
  free < Math.max(Math.min(total * SHARE, MOST), Math.min(LEAST, total * MOST_SHARE));

import { ApiError } from '../http/api-error.ts';
import { TABLES } from '../store/tables.ts';
import type { Topology } from '../store/topology.ts';
import { archiveOf } from './archive.ts';
import type { ArchiveFrame, Manifest } from './archive-frame.ts';
import { blocksOf } from './blocks.ts';
import { dropSnapshots, type Snapshot, type SnapshotDeps, takeSnapshot } from './snapshot.ts';
import { contentsOf } from './tables.ts';

/** What {@link createBackup} needs. */
export interface BackupDeps extends SnapshotDeps {
  readonly topology: Topology;
  /** Of this Passerby. */
  readonly version: string;
}

/** A backup that is under way. Its moment is over; what is stored from now on is not in it. */
export interface BackupUnderWay {
  /** @param step called whenever it got on */
  bytes(step: () => void): AsyncGenerator<Buffer>;
  /** Ends it, whether or not it is complete. */
  end(): Promise<void>;
}

/** Backups of a store. */
export interface Backups {
  /** @throws ApiError, StoreError */
  begin(): Promise<BackupUnderWay>;
  isUnderWay(): boolean;
  /** Resolves when none is under way any more. */
  settled(): Promise<void>;
}

/** Makes backups, one at a time, while the collector goes on: see {@link takeSnapshot}. */
export const createBackup = (deps: BackupDeps): Backups => {
  const { store } = deps;
  let isUnderWay = false;
  let settled = Promise.resolve();
  const begin = async (): Promise<BackupUnderWay> => {
    if (deps.topology !== null)
      throw new ApiError(
        409,
        'on_cluster',
        'store',
        'the tables are on a cluster: back it up with its own BACKUP statement',
      );
    if (isUnderWay) throw new ApiError(409, 'under_way', 'request', 'another backup is under way');
    isUnderWay = true;
    let settle = (): void => {};
    settled = new Promise((resolve) => {
      settle = resolve;
    });
    const end = async (): Promise<void> => {
      await dropSnapshots(store).finally(() => {
        isUnderWay = false;
        settle();
      });
    };
    try {
      const snapshot = await takeSnapshot(deps);
      return { bytes: (step) => archiveOf(framesOf(deps, snapshot, step)), end };
    } catch (error) {
      await end().catch(() => undefined);
      throw error;
    }
  };
  return { begin, isUnderWay: () => isUnderWay, settled: () => settled };
};

const framesOf = async function* (
  deps: BackupDeps,
  snapshot: Snapshot,
  step: () => void,
): AsyncGenerator<ArchiveFrame> {
  yield { header: await manifestOf(deps, snapshot, step), body: Buffer.alloc(0) };
  for await (const frame of blocksOf(deps.store, snapshot)) {
    step();
    yield frame;
  }
};

const manifestOf = async (
  { store, version }: BackupDeps,
  { taken, heldMs, of }: Snapshot,
  step: () => void,
): Promise<Manifest> => {
  const tables: Manifest['tables'] = [];
  for (const name of TABLES) tables.push({ name, ...(await contentsOf(store, name, of(name), step)) });
  const [newest] = await store.query<{ schema: number }>(`SELECT max(version) AS schema FROM ${of('migrations')}`);
  const { schema = 0 } = newest ?? {};
  return { kind: 'manifest', passerby: version, schema, taken: new Date(taken).toISOString(), heldMs, tables };
};

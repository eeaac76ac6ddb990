import type { ProxyFault } from '../lib/proxy-fault.ts';
import type { Params, Store } from '../store/store.ts';
import type { Topology } from '../store/topology.ts';
import type { EngineKind } from '../system/system.ts';
import type { Disk } from './disk.ts';

/** What is examined: a store, and the folder of its collector. */
export interface Patient {
  /** Of this Passerby. */
  readonly version: string;
  /** null: it could not be opened. */
  readonly store: Store | null;
  /** Why it could not be. */
  readonly closed: string | null;
  readonly engine: EngineKind;
  readonly topology: Topology;
  /** Absolute. */
  readonly dataDir: string;
  /** Bytes that may wait in the spool. */
  readonly spoolMax: number;
  readonly backups: BackupFacts;
  /** What the running collector knows besides; null: none runs. */
  readonly running: RunningFacts | null;
  /** Does something while every batch is stored whole or not at all, and none is being stored. @throws if that is not to be had */
  readonly held: <T>(job: () => Promise<T>) => Promise<T>;
  readonly disk: Disk;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Nobody waits for the outcome any more. */
  readonly signal: AbortSignal;
}

/** What a collector that runs can say of itself. */
export interface RunningFacts {
  /** Milliseconds since it was started, however the clock was set. */
  readonly up: number;
  /** Milliseconds by which the clock was moved since. */
  readonly moved: number;
  /** What it noticed of proxies. */
  readonly proxyFaults: readonly ProxyFault[];
  /** Seconds since the oldest row was accepted that is not stored; 0: none waits. */
  readonly behind: number;
}

/** What is known of backups. */
export interface BackupFacts {
  /** `BACKUP_DIR`; null: it is not set. */
  readonly dir: string | null;
  /** Why the last one failed, in few words; null: it did not. */
  readonly failed: string | null;
}

/** Says what is looked at now. */
export type Say = (doing: string) => void;

/** Asks the store, beside all that is short. */
export type Ask = <T>(sql: string, params?: Params) => Promise<T[]>;

/** A way to ask the patient's store. @throws NoStore */
export const askOf =
  ({ store, closed, signal }: Patient): Ask =>
  (sql, params = {}) => {
    if (store === null) throw new NoStore(closed ?? 'there is no store');
    return store.query(sql, params, { pool: 'upkeep', signal });
  };

/** The store could not be opened: what needs it is skipped. */
export class NoStore extends Error {
  override readonly name = 'NoStore';
}

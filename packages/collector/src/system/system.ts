import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BackupState } from '../backup/backup-state.ts';
import type { Disk, DiskSpace } from '../lib/disk-space.ts';
import type { Log } from '../lib/logger.ts';
import type { ProxyFault } from '../lib/proxy-fault.ts';
import { singleFlight } from '../lib/single-flight.ts';
import type { Store } from '../store/store.ts';
import { TABLES } from '../store/tables.ts';
import type { Topology } from '../store/topology.ts';
import { createDisks } from './disks.ts';
import { type Forecast, forecast } from './growth.ts';
import { createLoggedWarnings } from './logged-warnings.ts';
import { type Measured, measure, type Partition, serverDisk } from './measure.ts';
import { type Facts, type Warning, warningsOf } from './warnings.ts';

/** Where the data are. */
export type EngineKind = 'embedded' | 'server' | 'cluster';

/** What {@link createSystem} needs. */
export interface SystemDeps {
  readonly store: Store;
  readonly topology: Topology;
  readonly kind: EngineKind;
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly version: string;
  readonly dataDir: string;
  readonly diskOf: (dir: string) => Promise<Disk>;
  /** Of what waits for the store. */
  readonly spool: () => Facts['spool'] & { readonly rows: number };
  readonly damage: () => Facts['damage'];
  readonly backup: () => BackupState;
  readonly restarts: () => number;
  readonly proxyFaults: () => readonly ProxyFault[];
  /** Days that totals are kept, by the site that keeps them longest; null: for good. */
  readonly sumsDays: () => number | null;
}

/** A table, by all its partitions. */
export interface MeasuredTable extends Pick<Partition, 'rows' | 'bytes' | 'parts'> {
  readonly name: Partition['table'];
  /** The first day of its rows; null: it has none. */
  readonly oldest: string | null;
}

/** How large the data are, and how fast they grow. */
export interface DataSize extends Pick<Forecast, 'bytesADay' | 'days'> {
  /** When that was so, in Unix milliseconds. */
  readonly at: number;
  readonly rows: number;
  readonly bytes: number;
  readonly tables: readonly MeasuredTable[];
}

/** What the collector knows of its own size and health. */
export interface SystemState {
  readonly version: string;
  readonly startedAt: number;
  readonly dataDir: string;
  /** null: the store has not answered yet. */
  readonly data: DataSize | null;
  /** Where the data are; null: not known, as of a cluster. */
  readonly disk: DiskSpace | null;
  readonly full: Forecast['full'];
  readonly spool: ReturnType<SystemDeps['spool']>;
  readonly damage: Facts['damage'];
  readonly backup: BackupState;
  readonly engine: { readonly kind: EngineKind; readonly version: string | null; readonly restarts: number };
  readonly warnings: readonly Warning[];
}

/** Knows it without being asked as far as that is free; what the store has to be asked for is asked when somebody asks. */
export interface System {
  /** Everything, at most {@link FRESH_MS} old if the store answers. */
  state(): Promise<SystemState>;
  /** What is warned of, by what is known: it asks nobody, and has the store asked if that was not done for an hour. */
  warnings(): Warning[];
  /** Where the data are, as it was within the last minute. */
  disk(): DiskSpace | null;
  /** Bytes of the tables, at most {@link FRESH_MS} old; null: the store has not answered yet. */
  bytes(): Promise<number | null>;
  /** Looks at the disks and logs what is newly warned of: to be called about every minute. */
  look(): Promise<void>;
}

/** How long what the store said is said again, in milliseconds. */
const FRESH_MS = 60_000;
/** The same where only warnings are wanted, which are of days. */
const FRESH_FOR_WARNINGS_MS = 60 * 60_000;
/** How long a store that did not answer is not asked again, in milliseconds. */
const AGAIN_MS = 5000;
/** How long the store is waited for: then it is what it said before. */
const PATIENCE_MS = 2000;

interface Known extends Measured {
  readonly at: number;
  readonly disk: DiskSpace | null;
}

/** What the collector knows of itself, of one start. */
export const createSystem = (deps: SystemDeps): System => {
  const { store, topology, kind, now, version, dataDir } = deps;
  const startedAt = now();
  const logged = createLoggedWarnings(deps.log, now);
  const disks = createDisks({
    diskOf: deps.diskOf,
    folders: () => ({
      data: kind === 'embedded' ? join(dataDir, 'engine') : null,
      spool: join(dataDir, 'spool'),
      backups: deps.backup().dir,
    }),
  });
  let known: Known | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let hasFailed = false;
  const ask = singleFlight(async () => {
    askedAt = now();
    const [measured, disk] = await Promise.all([
      measure(store, topology),
      // A server that lets nobody see its disks is measured all the same.
      kind === 'server' ? serverDisk(store).catch(() => null) : null,
    ]);
    known = { ...measured, disk, at: now() };
  });
  const refresh = async (freshMs: number): Promise<void> => {
    if (Math.abs(now() - askedAt) < (hasFailed ? AGAIN_MS : freshMs)) return;
    await ask().then(
      () => {
        hasFailed = false;
      },
      () => {
        hasFailed = true;
      },
    );
  };
  const disk = (): DiskSpace | null => disks.of('data') ?? known?.disk ?? null;
  const expected = (): Forecast =>
    forecast({
      partitions: known?.partitions ?? [],
      now: now(),
      free: disk()?.free ?? null,
      sumsDays: deps.sumsDays(),
    });
  const warnings = ({ full }: Forecast = expected()): Warning[] => {
    const remote = known?.disk ?? null;
    return warningsOf({
      now: now(),
      startedAt,
      disks: [...(remote === null ? [] : [{ of: 'data' as const, ...remote }]), ...disks.all()],
      full,
      spool: deps.spool(),
      damage: deps.damage(),
      backup: deps.backup(),
      makesBackups: kind !== 'cluster',
      proxyFaults: deps.proxyFaults(),
    });
  };
  return {
    async state() {
      await Promise.race([
        Promise.all([refresh(FRESH_MS), disks.look()]),
        sleep(PATIENCE_MS, undefined, { ref: false }),
      ]);
      const ahead = expected();
      return {
        version,
        startedAt,
        dataDir,
        data: known && { at: known.at, ...sizeOf(known.partitions), bytesADay: ahead.bytesADay, days: ahead.days },
        disk: disk(),
        full: ahead.full,
        spool: deps.spool(),
        damage: deps.damage(),
        backup: deps.backup(),
        engine: { kind, version: known?.version ?? null, restarts: deps.restarts() },
        warnings: warnings(ahead),
      };
    },
    warnings() {
      void refresh(FRESH_FOR_WARNINGS_MS);
      return warnings();
    },
    disk,
    async bytes() {
      await Promise.race([refresh(FRESH_MS), sleep(PATIENCE_MS, undefined, { ref: false })]);
      return known && sizeOf(known.partitions).bytes;
    },
    async look() {
      await disks.look();
      logged.tell(warnings());
    },
  };
};

/** A table without rows is one, too. */
const sizeOf = (partitions: readonly Partition[]): Pick<DataSize, 'rows' | 'bytes' | 'tables'> => {
  const tables = TABLES.map((name): MeasuredTable => {
    const own = partitions.filter(({ table }) => table === name);
    const [oldest = null] = own.flatMap(({ days }) => days?.first ?? []).sort();
    return { name, rows: sum(own, 'rows'), bytes: sum(own, 'bytes'), parts: sum(own, 'parts'), oldest };
  });
  return { rows: sum(tables, 'rows'), bytes: sum(tables, 'bytes'), tables };
};

const sum = <K extends string>(all: readonly Readonly<Record<K, number>>[], key: K): number =>
  all.reduce((total, one) => total + one[key], 0);

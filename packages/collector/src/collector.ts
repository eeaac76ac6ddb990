import type { RequestListener } from 'node:http';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hono } from 'hono';
import { Accounts } from './accounts/account-store.ts';
import { LoginThrottle } from './accounts/login-throttle.ts';
import type { PasswordCost } from './accounts/password.ts';
import { createApp } from './api/app.ts';
import { createBackup } from './backup/backup.ts';
import { failureOf } from './backup/backup-state.ts';
import { BackupHistory, historyFile } from './backup/history.ts';
import { type BackupPlan, createBackupSchedule } from './backup/schedule.ts';
import { dropSnapshots, originalOf } from './backup/snapshot.ts';
import { realDisk } from './doctor/disk.ts';
import { createDoctor } from './doctor/doctor.ts';
import { createAddress } from './http/address.ts';
import { createIngest, type IngestSettings } from './ingest/create-ingest.ts';
import { createPurgeStored } from './ingest/purge-stored.ts';
import { senderOf } from './ingest/receive.ts';
import type { FileSystem } from './ingest/spool/file-system.ts';
import { type Disk, diskOf } from './lib/disk-space.ts';
import type { Log } from './lib/logger.ts';
import { createOnlookers, type Onlookers } from './lib/onlookers.ts';
import type { PublicUrl } from './lib/public-url.ts';
import { elapsed } from './lib/system.ts';
import { createMetrics } from './metrics/metrics.ts';
import type { Geo } from './privacy/geo.ts';
import type { VisitorKeys } from './privacy/keys.ts';
import { createQueries } from './query/create-queries.ts';
import { createScheduler, type Job } from './scheduler.ts';
import { below } from './server/base-path.ts';
import { createDispatch } from './server/dispatch.ts';
import type { Listening } from './server/listen.ts';
import { checkPage } from './sites/check/check.ts';
import type { FetchPage } from './sites/check/fetch-page.ts';
import { createExpiry } from './sites/expiry.ts';
import { createPurge } from './sites/purge/purge.ts';
import { SavedViews } from './sites/saved-views.ts';
import { Sites } from './sites/site-store.ts';
import { SitesFile } from './sites/sites-file.ts';
import { createPages } from './static/pages.ts';
import { type DamageWatch, watchDamage } from './store/damage.ts';
import { detachedParts } from './store/detached.ts';
import { Documents } from './store/documents.ts';
import { keptOf } from './store/kept-tables.ts';
import { isPartlyStored } from './store/partly-stored.ts';
import type { Store } from './store/store.ts';
import { dropSuperseded } from './store/superseded.ts';
import type { Topology } from './store/topology.ts';
import { createSystem } from './system/system.ts';

/** How the collector is run; see README for the variables behind it. */
export interface CollectorSettings extends Omit<IngestSettings, 'path' | 'ownHost'> {
  readonly version: string;
  /** Where browsers find it, as its owner says; null: as each request says. */
  readonly publicUrl: PublicUrl | null;
  readonly paths: { readonly script: string; readonly intake: string };
  readonly folders: { readonly script: string; readonly dashboard: string; readonly demo: string | null };
  readonly ownerToken: string | undefined;
  /** Missing: the product's. */
  readonly passwordCost?: PasswordCost;
  /** Folder for what is accepted and not stored yet. */
  readonly dataDir: string;
  /** Bytes that may wait there. */
  readonly spoolMax: number;
  /** Whether what is accepted survives a loss of power. */
  readonly fsync: boolean;
  /** When it makes backups by itself, and where. Missing: never. */
  readonly backup?: BackupPlan | null;
}

/** What the collector is built on. */
export interface CollectorDeps {
  readonly store: Store;
  readonly topology: Topology;
  readonly geo: Geo;
  readonly keys: VisitorKeys;
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** 0 ≤ x < 1, of cryptographic quality: visit numbers are drawn from it. */
  readonly random: () => number;
  readonly isReady: () => Promise<boolean>;
  /** Others may write to the store too, as to a server. Missing: it is this collector's own engine. */
  readonly isShared?: boolean;
  /** What the server that listens has to do. */
  readonly load: Listening['load'];
  /** Lines of the log that could not be written. */
  readonly linesLost: () => number;
  readonly files: FileSystem;
  /** The disk of a folder. Missing: this machine's. */
  readonly diskOf?: (dir: string) => Promise<Disk>;
  /** How often the embedded engine was started anew. Missing: nobody counts. */
  readonly engineRestarts?: () => number;
  /** Gets a page of a site, to look for its script tag. */
  readonly fetchPage: FetchPage;
}

/** The collector, whole, but for the socket it listens on. */
export interface Collector {
  readonly app: Hono;
  /** Answers everything: the intake, and the app. */
  readonly listener: RequestListener;
  readonly accounts: Accounts;
  readonly sites: Sites;
  /** Reads what owners set up. Other collectors change it too; `tick` reads it every few seconds. */
  readonly refresh: () => Promise<void>;
  /** The store's tables are there: what waits may be stored. */
  readonly begin: () => Promise<void>;
  /** Looks for damage in the store, after it has come up. */
  readonly inspect: () => Promise<void>;
  /** Its data are damaged so that the store cannot be used: beacons are kept, and questions answered with the error. */
  readonly giveUp: () => Promise<void>;
  /** Housekeeping: to be called about every second. */
  readonly tick: () => Promise<void>;
  /** It is to end: who asks whether it is ready is told so, and the answers end that would go on for long. */
  readonly announceEnd: () => void;
  /** Answers the questions that are under way with 503, and those that come. */
  readonly giveUpQuestions: () => void;
  /** Rows accepted and not stored yet. */
  readonly waiting: () => number;
  /** Stores all that was accepted. */
  readonly flush: () => Promise<void>;
  /** Ends: what was accepted is on the disk, and no longer sent to the store. */
  readonly close: () => Promise<void>;
}

/** What another collector has changed is known here after this time. */
const REFRESH_MS = 5000;
/** How long a backup may take to be left off, in milliseconds. */
const SETTLE_MS = 2000;
/** What was deleted of documents is in the files for so long at most, and until the engine deletes these. */
const FORGET_MS = 60 * 60_000;
/** Room on the disks is looked at so often. */
const LOOK_MS = 60_000;

/** Builds the collector: ingest, questions, the app. The store is asked for nothing before `refresh`. */
export const createCollector = async (deps: CollectorDeps, settings: CollectorSettings): Promise<Collector> => {
  const { topology, log, now, random, keys, isShared = false } = deps;
  const begun = { at: now(), elapsed: elapsed() };
  const kind = topology !== null ? 'cluster' : isShared ? 'server' : 'embedded';
  const { paths, folders, dataDir } = settings;
  const address = createAddress(settings.publicUrl);
  const ownHost = settings.publicUrl && new URL(settings.publicUrl.origin).host;
  const metrics = createMetrics({ version: settings.version, paths });
  const damage = watchDamage({
    store: metrics.timed(deps.store, log),
    topology,
    log,
    now,
    originalOf: (table) => originalOf(table) ?? keptOf(table),
  });
  const { store } = damage;
  const parts = watchParts(deps, damage);
  const documents = new Documents(store, log);
  const sites = await Sites.open({ documents, copy: new SitesFile(join(dataDir, 'sites.json'), log), now });
  const accounts = new Accounts({
    documents,
    ownerToken: settings.ownerToken,
    now,
    passwordCost: settings.passwordCost,
  });
  const loginThrottle = new LoginThrottle();
  const onlookers: Onlookers = createOnlookers(() => writeBuffer.catchUp());
  const ingest = await createIngest(
    {
      geo: deps.geo,
      keys,
      files: deps.files,
      dataDir,
      most: settings.spoolMax,
      fsync: settings.fsync,
      // What others store is looked at by others too.
      isLookedAt: () => isShared || onlookers.areThere(),
      store,
      log,
      now,
      random,
      isPartlyStored: isPartlyStored(store, topology),
      sites,
      counters: {
        ...metrics,
        stored(rows) {
          metrics.stored(rows);
          log.debug('rows are stored', { rows });
        },
      },
    },
    { ...settings, path: paths.intake, ownHost },
  );
  const { writeBuffer, memory } = ingest;
  const proxyFaults = () => ingest.proxyHint.faults(now());
  const queries = createQueries({ store, isShared, looked: onlookers.look, log, now });
  const purge = createPurge(store, topology);
  const backups = createBackup({
    store,
    topology,
    whileQuiesced: writeBuffer.whileQuiesced,
    now,
    version: settings.version,
  });
  const backupSchedule = createBackupSchedule({
    plan: settings.backup ?? null,
    backups,
    history: await BackupHistory.open(historyFile(dataDir)),
    store,
    isShared,
    space: deps.files.space,
    now,
    log,
  });
  let isEnding = false;
  const ending = new AbortController();
  const system = createSystem({
    store,
    topology,
    kind,
    log,
    now,
    version: settings.version,
    dataDir,
    diskOf: deps.diskOf ?? diskOf,
    spool: () => ({ ...writeBuffer.backlog(), most: settings.spoolMax }),
    damage: parts.damaged,
    backup: backupSchedule.state,
    restarts: deps.engineRestarts ?? (() => 0),
    proxyFaults,
    sumsDays: () => longestKept(sites),
  });
  // A disk that has little room is said at the start, not a minute later.
  begin(system.look());
  metrics.watch({
    backlog: writeBuffer.backlog,
    spoolMax: settings.spoolMax,
    load: deps.load,
    linesLost: deps.linesLost,
    knownBrowsers: () => memory.size,
    liveViewers: queries.live.size,
    engineReady: deps.isReady,
    engineRestarts: deps.engineRestarts ?? (() => 0),
    unknownNames: ingest.unknownTotal,
    damagedParts: parts.damaged,
    disk: system.disk,
    dataBytes: system.bytes,
    backup: backupSchedule.state,
  });
  const app = createApp({
    ...queries,
    system,
    accounts,
    loginThrottle,
    clientOf: (c) => senderOf(c.env.incoming, settings).address,
    sites,
    proxyFaults,
    metrics,
    log,
    now,
    version: settings.version,
    address,
    paths,
    geo: deps.geo.attribution,
    isReady: deps.isReady,
    takesBeacons: ingest.takesBeacons,
    isEnding: () => isEnding,
    ending: ending.signal,
    condition: () => {
      const { rows: waiting, behind, rejected, damaged } = writeBuffer.backlog();
      return { waiting, behind, rejected, damaged, ...parts.damaged() };
    },
    unknownNames: ingest.unknownNames,
    views: new SavedViews(documents),
    backups,
    backupSchedule,
    doctor: createDoctor({
      version: settings.version,
      store,
      engine: kind,
      topology,
      dataDir: resolve(dataDir),
      spoolMax: settings.spoolMax,
      backups: () => {
        const { dir, last } = backupSchedule.state();
        return { dir, failed: failureOf(last) };
      },
      running: () => {
        const up = elapsed() - begun.elapsed;
        return {
          up,
          moved: now() - begun.at - up,
          proxyFaults: proxyFaults(),
          behind: writeBuffer.backlog().behind,
        };
      },
      held: writeBuffer.whileQuiesced,
      disk: realDisk,
      now,
    }),
    maintenance: {
      check: (site, path, places) => checkPage(deps.fetchPage, site, path, places),
      purge: createPurgeStored({ purge, writeBuffer, memory, now }),
      extent: (site, part, asker) => queries.admission.ask(asker, (by) => createPurge(by, topology).extent(site, part)),
    },
    pages: createPages({ paths, folders, address }),
  });
  const expire = createExpiry({ store, topology, sites: () => sites.all(), now });
  const jobs: readonly Job[] = [
    { name: 'rotate keys', everyMs: 0, run: () => keys.rotate(now()) },
    ...ingest.jobs,
    { name: 'live views', everyMs: 0, run: () => queries.live.tick() },
    { name: 'forget sign-ins', everyMs: 0, run: () => loginThrottle.forget(now()) },
    // Begun, and not waited for: while the store is away it goes on with what is known, and what fails now is done later.
    { name: 'refresh documents', everyMs: REFRESH_MS, run: () => begin(documents.refresh()) },
    { name: 'expire', everyMs: 0, run: () => begin(expire()) },
    { name: 'forget documents of before', everyMs: FORGET_MS, run: () => begin(dropSuperseded(store, topology)) },
    { name: 'look for damage', everyMs: 0, run: () => begin(damage.look()) },
    { name: 'keep drops', everyMs: 0, run: () => (writeBuffer.spool.hasRoom() ? ingest.keepDrops() : undefined) },
    { name: 'look at the disks', everyMs: LOOK_MS, run: () => begin(system.look()) },
    { name: 'look after the spool', everyMs: 0, run: () => writeBuffer.look() },
    { name: 'back up', everyMs: 0, run: () => backupSchedule.tick() },
  ];
  return {
    app,
    listener: below(address.base, createDispatch(ingest.endpoints, app, metrics.request)),
    accounts,
    sites,
    refresh: () => documents.refresh(),
    async begin() {
      writeBuffer.start();
      await parts.inspect();
      // A collector that died over a backup left its copies.
      if (topology === null) await dropSnapshots(store);
      await backupSchedule.start();
    },
    inspect: parts.inspect,
    async giveUp() {
      damage.giveUp();
      await documents.refresh().catch(() => {
        // It fails, and from now on what needs accounts answers with the damage.
      });
    },
    tick: createScheduler(jobs, now),
    announceEnd() {
      isEnding = true;
      queries.live.close();
      backupSchedule.stop();
    },
    giveUpQuestions: () => ending.abort(),
    waiting: () => writeBuffer.backlog().rows,
    async flush() {
      await ingest.keepDrops();
      await writeBuffer.flush();
    },
    async close() {
      await ingest.keepDrops();
      await writeBuffer.close();
      // The store is needed until its copies are deleted.
      await Promise.race([backupSchedule.settled(), sleep(SETTLE_MS, undefined, { ref: false })]);
    },
  };
};

/** Lets something take its time; a failure is for the next time. */
const begin = (work: Promise<unknown>): void => {
  work.catch(() => undefined);
};

/** Days that totals are kept, by the site that keeps them longest; null: for good, or no site is known. */
const longestKept = (sites: Sites): number | null => {
  const days = sites.isKnown ? sites.all().map(({ sumsDays }) => sumsDays) : [];
  return days.length === 0 || days.includes(0) ? null : Math.max(...days);
};

/** What is known of damaged parts of tables: set aside by the engine when it started, or there and unreadable. */
const watchParts = ({ topology, log }: CollectorDeps, damage: DamageWatch) => {
  let detached = 0;
  return {
    damaged: () => ({ detached, unreadable: damage.count() }),
    /** Looks for them, after the store has come up. */
    async inspect() {
      detached = await detachedParts(damage.store, topology, log).catch(() => detached);
      await damage.search().catch(() => undefined);
    },
  };
};

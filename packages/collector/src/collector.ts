import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { Accounts } from './accounts/account-store.ts';
import { LoginThrottle } from './accounts/login-throttle.ts';
import { createApp } from './api/app.ts';
import { createBackup } from './backup/backup.ts';
import { dropSnapshots, originalOf } from './backup/snapshot.ts';
import { createAnonymise } from './ingest/anonymise.ts';
import { type BeaconEndpointDeps, createBeaconEndpoint } from './ingest/beacon-endpoint.ts';
import { RecentIds } from './ingest/dedupe/recent-ids.ts';
import { DropCounter } from './ingest/drop-counter.ts';
import { NewBrowsers } from './ingest/limits/new-browsers.ts';
import { RateLimiter } from './ingest/limits/rate-limit.ts';
import { SiteDays } from './ingest/limits/site-days.ts';
import { VALUE_LIMITS, ValueCardinality, type ValueLimits } from './ingest/limits/value-cardinality.ts';
import { createMayRead } from './ingest/may-read.ts';
import { createPipeline } from './ingest/pipeline.ts';
import { createPixelEndpoint, pixelPath } from './ingest/pixel-endpoint.ts';
import { ProxyHint } from './ingest/proxy-hint.ts';
import { createPurgeStored } from './ingest/purge-stored.ts';
import { senderOf } from './ingest/receive.ts';
import type { FileSystem } from './ingest/spool/file-system.ts';
import { openWriteBuffer } from './ingest/spool/write-buffer.ts';
import { createValidate } from './ingest/validate.ts';
import { createVisit } from './ingest/visits/visit.ts';
import { VisitMemory } from './ingest/visits/visit-memory.ts';
import type { TrustedProxies } from './lib/ip-address.ts';
import { type Log, seldom } from './lib/logger.ts';
import { createMetrics } from './metrics.ts';
import type { Geo } from './privacy/geo.ts';
import type { VisitorKeys } from './privacy/keys.ts';
import { createAdmission } from './query/admission/admission.ts';
import type { Asker } from './query/admission/asker.ts';
import { createCurrentVisitors } from './query/live/current-visitors.ts';
import { createLiveHub } from './query/live/hub.ts';
import { createLiveQuestion } from './query/live/run.ts';
import { createLogs } from './query/logs/run.ts';
import { createOverview } from './query/overview/run.ts';
import { createFirstDay } from './query/stats/first-day.ts';
import { normalize } from './query/stats/normalize.ts';
import { createQuery } from './query/stats/run.ts';
import { createDispatch } from './server/dispatch.ts';
import type { Listening } from './server/listen.ts';
import { checkPage } from './sites/check/check.ts';
import type { FetchPage } from './sites/check/fetch-page.ts';
import { createExpiry } from './sites/expiry.ts';
import { createPurge } from './sites/purge/purge.ts';
import { SavedViews } from './sites/saved-views.ts';
import type { Site } from './sites/site.ts';
import { Sites } from './sites/site-store.ts';
import { SitesFile } from './sites/sites-file.ts';
import { UnknownNameCounter } from './sites/unknown-names.ts';
import { createPages } from './static/pages.ts';
import { watchDamage } from './store/damage.ts';
import { detachedParts } from './store/detached.ts';
import { Documents } from './store/documents.ts';
import { isPartlyStored } from './store/partly-stored.ts';
import type { Store } from './store/store.ts';
import type { Topology } from './store/topology.ts';

/** How the collector is run; see README for the variables behind it. */
export interface CollectorSettings {
  readonly version: string;
  readonly paths: { readonly script: string; readonly intake: string };
  readonly folders: { readonly script: string; readonly dashboard: string; readonly demo: string | null };
  readonly trusted: TrustedProxies;
  readonly clientHeader: string | null;
  /** Items of one client in ten seconds, a beacon and each KiB counting as one at least; 0: no limit, nor of browsers. */
  readonly clientLimit: number;
  /** New browsers of one client in ten seconds; 0: no limit. */
  readonly browserLimit: number;
  /** Missing: the product's. */
  readonly valueLimits?: Partial<ValueLimits>;
  readonly ownerToken: string | undefined;
  /** Browsers that are remembered; one of long addresses and many pages counts as several. */
  readonly maxBrowsers: number;
  /** Folder for what is accepted and not stored yet. */
  readonly dataDir: string;
  /** Bytes that may wait there. */
  readonly spoolMax: number;
  /** Whether what is accepted survives a loss of power. */
  readonly fsync: boolean;
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
  /** Its data are damaged so that the store cannot be used: what comes is kept, and questions are told so. */
  readonly giveUp: () => Promise<void>;
  /** Housekeeping: to be called about every second. */
  readonly tick: () => Promise<void>;
  /** Ends the answers that would go on for long. */
  readonly endStreams: () => void;
  /** Stores all that was accepted. */
  readonly flush: () => Promise<void>;
  /** Ends: what was accepted is on the disk, and no longer sent to the store. */
  readonly close: () => Promise<void>;
}

const SWEEP_MS = 60_000;
/** What another collector has changed is known here after this time. */
const REFRESH_MS = 5000;

/** Builds the collector. The store is asked for nothing before `refresh`. */
export const createCollector = async (deps: CollectorDeps, settings: CollectorSettings): Promise<Collector> => {
  const { topology, log, now, random, keys } = deps;
  const damage = watchDamage({ store: deps.store, topology, log, now, originalOf });
  const { store } = damage;
  let detached = 0;
  const documents = new Documents(store, log);
  const sites = await Sites.open({ documents, copy: new SitesFile(join(settings.dataDir, 'sites.json'), log), now });
  const accounts = new Accounts({ documents, ownerToken: settings.ownerToken, now });
  const loginThrottle = new LoginThrottle();
  const memory = new VisitMemory(settings.maxBrowsers);
  const drops = new DropCounter();
  const unknown = new UnknownNameCounter();
  const unknownNames = () => unknown.list(now(), sites.isMeant);
  const rateLimiter = new RateLimiter(settings.clientLimit);
  const newBrowserLimit = new RateLimiter(settings.clientLimit === 0 ? 0 : settings.browserLimit);
  const days = new SiteDays(new ValueCardinality({ ...VALUE_LIMITS, ...settings.valueLimits }));
  const proxyHint = new ProxyHint();
  const writeBuffer = await openWriteBuffer({
    files: deps.files,
    dataDir: settings.dataDir,
    most: settings.spoolMax,
    fsync: settings.fsync,
    store,
    log,
    now,
    random,
    stored: (rows) => metrics.stored(rows),
    refused: (rows) => metrics.refused(rows),
    damaged: (bytes) => metrics.damaged(bytes),
    isPartlyStored: isPartlyStored(store, topology),
  });
  const metrics = createMetrics({
    backlog: writeBuffer.backlog,
    load: deps.load,
    linesLost: deps.linesLost,
    knownBrowsers: () => memory.size,
    engineReady: deps.isReady,
    unknownNames: () => unknown.total,
    damagedParts: () => ({ detached, unreadable: damage.count() }),
  });
  const recent = new RecentIds(now());
  for (const [id, at] of writeBuffer.seen) recent.add(id, now(), at);
  const run = createPipeline({
    validate: createValidate(sites.meant),
    anonymise: createAnonymise({ geo: deps.geo, keys }),
    visit: createVisit({ memory, random: () => Math.floor(random() * 2 ** 32) }),
    spool: writeBuffer.spool,
    rateLimiter,
    newcomers: new NewBrowsers(memory, newBrowserLimit),
    days,
    recent,
    drops,
    findSite: sites.meant,
  });
  const { paths, folders, trusted, clientHeader } = settings;
  const firstDay = createFirstDay({ store, now });
  const admission = createAdmission({ store, now, isShared: deps.isShared ?? false });
  const askFirstDay = async (site: Site, asker: Asker): Promise<string> => {
    const { day } = await admission.share(['first day', site], asker, async (by) => ({
      day: await firstDay(site, by),
    }));
    return day;
  };
  const purge = createPurge(store, topology);
  const live = createLiveHub({
    // All live views together take turns with those who ask, as one of them.
    ask: (site) =>
      admission.ask({ account: 'live', signal: new AbortController().signal }, (by) =>
        createLiveQuestion({ store: by, now })(site),
      ),
    now,
    log,
  });
  const app = createApp({
    accounts,
    loginThrottle,
    clientOf: (c) => senderOf(c.env.incoming, { trusted, clientHeader }).address,
    sites,
    proxyHint,
    metrics,
    log,
    now,
    version: settings.version,
    paths,
    geo: deps.geo.attribution,
    isReady: deps.isReady,
    takesBeacons: () => sites.isKnown && writeBuffer.spool.hasRoom(),
    condition: () => {
      const { rows: waiting, behind, rejected, damaged } = writeBuffer.backlog();
      return { waiting, behind, rejected, damaged, detached, unreadable: damage.count() };
    },
    ask: (question, site, asker) =>
      admission.keep(['query', normalize(question), site], asker, async (by, together) =>
        createQuery({ store: by, now }).ask(question, site, await askFirstDay(site, together)),
      ),
    askLogs: (question, site, asker) =>
      admission.share(['logs', question, site], asker, (by) => createLogs({ store: by, now }).ask(question, site)),
    askNow: (site, asker) =>
      admission.share(['now', site], asker, (by) => createCurrentVisitors({ store: by, now }).ask(site)),
    askOverview: (of, range, asker) =>
      admission.share(['overview', range, of], asker, (by) => createOverview({ store: by, now }).ask(of, range)),
    live,
    unknownNames,
    views: new SavedViews(documents),
    backup: createBackup({ store, topology, whileQuiesced: writeBuffer.whileQuiesced, now, version: settings.version }),
    upkeep: {
      check: (site, path, places) => checkPage(deps.fetchPage, site, path, places),
      purge: createPurgeStored({ purge, writeBuffer, memory, now }),
      extent: (site, part, asker) => admission.ask(asker, (by) => createPurge(by, topology).extent(site, part)),
    },
    pages: createPages({ scriptPath: paths.script, folders }),
  });
  const taking: BeaconEndpointDeps = {
    run,
    mayRead: createMayRead(sites.isMeant),
    became: (outcome) => {
      metrics.beacon(outcome);
      if (outcome.status === 404) unknown.note(outcome.named, now());
    },
    metrics,
    proxyHint,
    log: seldom(log, now),
    now,
    trusted,
    clientHeader,
  };
  const intakes = new Map([
    [paths.intake, createBeaconEndpoint(taking)],
    [pixelPath(paths.intake), createPixelEndpoint(taking)],
  ]);

  const inspect = async (): Promise<void> => {
    detached = await detachedParts(store, topology, log).catch(() => detached);
    await damage.search().catch(() => undefined);
  };

  /** What was dropped is stored too; if it cannot be kept it is counted on. */
  const keepDrops = async (): Promise<void> => {
    const { rows, undo } = drops.drain();
    if (rows.length === 0) return;
    await writeBuffer.spool.append({ rows, id: null, at: now(), undo }).catch(() => {
      // Undone: they wait for the next time.
    });
  };
  const expire = createExpiry({ store, topology, sites: () => sites.all(), now });
  let swept = now();
  let refreshed = now();
  return {
    app,
    listener: createDispatch(intakes, app),
    accounts,
    sites,
    refresh: () => documents.refresh(),
    async begin() {
      writeBuffer.start();
      await inspect();
      // A collector that died over a backup left its copies.
      if (topology === null) await dropSnapshots(store);
    },
    inspect,
    async giveUp() {
      damage.giveUp();
      await documents.refresh().catch(() => {
        // Who asks for accounts is told of the damage from now on.
      });
    },
    async tick() {
      keys.rotate(now());
      rateLimiter.forget(now());
      newBrowserLimit.forget(now());
      live.tick();
      loginThrottle.forget(now());
      if (Math.abs(now() - swept) >= SWEEP_MS) {
        swept = now();
        memory.sweep(now());
        days.sweep(now());
      }
      if (Math.abs(now() - refreshed) >= REFRESH_MS) {
        refreshed = now();
        // Not waited for: while the store is away it goes on with what is known.
        documents.refresh().catch(() => undefined);
      }
      // Nor is this: what is away now is there in an hour.
      expire().catch(() => undefined);
      damage.look().catch(() => undefined);
      if (writeBuffer.spool.hasRoom()) await keepDrops();
      await writeBuffer.look();
    },
    endStreams: () => live.close(),
    async flush() {
      await keepDrops();
      await writeBuffer.flush();
    },
    async close() {
      await keepDrops();
      await writeBuffer.close();
    },
  };
};

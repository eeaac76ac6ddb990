import type { Hono } from 'hono';
import { Accounts } from './accounts/accounts.ts';
import { createApp } from './app.ts';
import { createDoors } from './doors.ts';
import { createAnonymise } from './ingest/anonymise.ts';
import { ClientHint } from './ingest/client-hint.ts';
import { DropTally } from './ingest/drop-tally.ts';
import { FloodGate } from './ingest/flood.ts';
import { createPipeline } from './ingest/pipeline.ts';
import { RecentIds } from './ingest/recent-ids.ts';
import { MemorySpool } from './ingest/spool.ts';
import { createStoreBatch } from './ingest/store.ts';
import { createValidate } from './ingest/validate.ts';
import { createVisit } from './ingest/visit.ts';
import { VisitMemory } from './ingest/visit-memory.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { TrustedProxies } from './privacy/client-address.ts';
import type { Geo } from './privacy/geo.ts';
import type { VisitorKeys } from './privacy/keys.ts';
import { createFirstDay } from './query/first-day.ts';
import { createLogs } from './query/logs-run.ts';
import { createNow } from './query/now.ts';
import { createQuery } from './query/run.ts';
import { Sites } from './sites/sites.ts';
import type { Store } from './store/store.ts';

/** How the house is run; see README for the variables behind it. */
export interface HouseSettings {
  readonly version: string;
  readonly paths: { readonly script: string; readonly intake: string };
  readonly folders: { readonly script: string; readonly dashboard: string; readonly demo: string | null };
  readonly trusted: TrustedProxies;
  readonly clientHeader: string | null;
  /** Beacons of one client in ten seconds; 0: no limit. */
  readonly clientLimit: number;
  readonly ownerToken: string | undefined;
}

/** What the house is built on. */
export interface HouseDeps {
  readonly store: Store;
  readonly geo: Geo;
  readonly keys: VisitorKeys;
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** 0 ≤ x < 1, of cryptographic quality: visit numbers are drawn from it. */
  readonly random: () => number;
  readonly isReady: () => Promise<boolean>;
}

/** The collector, whole, but for the socket it listens on. */
export interface House {
  readonly app: Hono;
  readonly accounts: Accounts;
  readonly sites: Sites;
  /** Rows accepted and not yet stored. */
  readonly held: () => number;
  /** Housekeeping: to be called about every second. */
  readonly tick: () => void;
  /** Stores all that was accepted. */
  readonly flush: () => Promise<void>;
}

/** Rows in memory while the store is slow or away: about 1 kB each. */
const SPOOL_ROWS = 100_000;
const BATCH_ROWS = 10_000;
const BATCH_MS = 1000;
const MOST_BROWSERS = 300_000;
const SWEEP_MS = 60_000;

/** Builds the collector on a store whose schema is up to date. */
export const createHouse = async (deps: HouseDeps, settings: HouseSettings): Promise<House> => {
  const { store, log, now, random, keys } = deps;
  const [sites, accounts] = [await Sites.load(store, now), await Accounts.load(store, settings.ownerToken, now)];
  const memory = new VisitMemory(MOST_BROWSERS);
  const drops = new DropTally();
  const flood = new FloodGate(settings.clientLimit);
  const hint = new ClientHint();
  const spool: MemorySpool = new MemorySpool({
    capacity: SPOOL_ROWS,
    batchRows: BATCH_ROWS,
    batchMs: BATCH_MS,
    store: createStoreBatch({
      store,
      log,
      random,
      stored: (rows) => metrics.stored(rows),
      refused: (rows) => metrics.refused(rows),
    }),
  });
  const metrics = createMetrics({
    heldRows: () => spool.held,
    knownBrowsers: () => memory.size,
    engineReady: deps.isReady,
  });
  const run = createPipeline({
    validate: createValidate(sites.find),
    anonymise: createAnonymise({ geo: deps.geo, keys }),
    visit: createVisit({ memory, random: () => Math.floor(random() * 2 ** 32) }),
    spool,
    flood,
    recent: new RecentIds(now()),
    drops,
    findSite: sites.find,
  });
  const { paths, folders, trusted, clientHeader } = settings;
  const query = createQuery({ store, now });
  const firstDay = createFirstDay({ store, now });
  const logs = createLogs({ store, now });
  const realtime = createNow({ store, now });
  const app = createApp({
    accounts,
    sites,
    hint,
    metrics,
    log,
    now,
    version: settings.version,
    paths,
    geo: deps.geo.attribution,
    isReady: deps.isReady,
    ask: async (question, site) => query.ask(question, site, await firstDay(site)),
    askLogs: (question, site) => logs.ask(question, site),
    askNow: (site) => realtime.ask(site),
    doors: createDoors({ intake: { run, metrics, hint, now, trusted, clientHeader }, paths, folders }),
  });

  const storeDrops = (): void => {
    if (spool.hasRoom(MOST_DROP_ROWS)) void spool.append(drops.drain());
  };
  let swept = now();
  return {
    app,
    accounts,
    sites,
    held: () => spool.held,
    tick() {
      storeDrops();
      keys.rotate(now());
      flood.forget(now());
      if (now() - swept < SWEEP_MS) return;
      swept = now();
      memory.sweep(now());
    },
    async flush() {
      storeDrops();
      await spool.flush();
    },
  };
};

/** Sites with drops in one second, times reasons: more wait for the next. */
const MOST_DROP_ROWS = 1000;

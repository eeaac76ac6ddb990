import { seldom } from '../lib/logger.ts';
import type { Job } from '../scheduler.ts';
import type { Endpoint } from '../server/respond.ts';
import type { Sites } from '../sites/site-store.ts';
import { UnknownNameCounter, type UnknownNames } from '../sites/unknown-names.ts';
import { type AnonymiseDeps, createAnonymise } from './anonymise.ts';
import { type BeaconEndpointDeps, createBeaconEndpoint } from './beacon-endpoint.ts';
import { RecentIds } from './dedupe/recent-ids.ts';
import { DropCounter } from './drop-counter.ts';
import { NewBrowsers } from './limits/new-browsers.ts';
import { RateLimiter } from './limits/rate-limit.ts';
import { SiteDays } from './limits/site-days.ts';
import { VALUE_LIMITS, ValueCardinality, type ValueLimits } from './limits/value-cardinality.ts';
import { createMayRead } from './may-read.ts';
import { createPipeline, type Outcome } from './pipeline.ts';
import { createPixelEndpoint, pixelPath } from './pixel-endpoint.ts';
import { ProxyHint } from './proxy-hint.ts';
import type { ReceiveOptions } from './receive.ts';
import { openWriteBuffer, type WriteBuffer, type WriteBufferDeps } from './spool/write-buffer.ts';
import { createValidate } from './validate.ts';
import { createVisit } from './visits/visit.ts';
import { VisitMemory } from './visits/visit-memory.ts';

/** How beacons are taken; see README for the variables behind it. */
export interface IngestSettings extends ReceiveOptions {
  /** Path of the endpoint of beacons; the image's is derived from it. */
  readonly path: string;
  /** Under which browsers find the collector, as its owner says. */
  readonly ownHost: string | null;
  /** Items of one client in ten seconds, a beacon and each KiB counting as one at least; 0: no limit, nor of browsers. */
  readonly clientLimit: number;
  /** New browsers of one client in ten seconds; 0: no limit. */
  readonly browserLimit: number;
  /** Missing: the product's. */
  readonly valueLimits?: Partial<ValueLimits>;
  /** Browsers that are remembered; one of long addresses and many pages counts as several. */
  readonly maxBrowsers: number;
}

/** What is counted as it happens. */
export interface IngestCounters
  extends Pick<WriteBufferDeps, 'stored' | 'refused' | 'damaged'>,
    Pick<BeaconEndpointDeps, 'refusedRequest'> {
  readonly beacon: (outcome: Outcome) => void;
}

/** What {@link createIngest} needs. */
export interface IngestDeps
  extends AnonymiseDeps,
    Omit<WriteBufferDeps, 'stored' | 'refused' | 'damaged'>,
    Pick<BeaconEndpointDeps, 'log'> {
  readonly sites: Sites;
  readonly counters: IngestCounters;
}

/** The way of a beacon, from the request to the spool and on to the store. */
export interface Ingest {
  /** By their paths. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly writeBuffer: WriteBuffer;
  readonly memory: VisitMemory;
  readonly proxyHint: ProxyHint;
  /** What beacons named that is no site here. */
  readonly unknownNames: () => UnknownNames;
  /** Beacons since the start that did. */
  readonly unknownTotal: () => number;
  /** Whether there are sites to count for, and room for their hits. */
  readonly takesBeacons: () => boolean;
  /** Housekeeping in memory. */
  readonly jobs: readonly Job[];
  /** Stores what was dropped, too; if it cannot be kept it is counted on. */
  readonly keepDrops: () => Promise<void>;
}

const SWEEP_MS = 60_000;

/** Opens the spool, and builds the stages before it. Nothing is stored before `writeBuffer.start`. */
export const createIngest = async (deps: IngestDeps, settings: IngestSettings): Promise<Ingest> => {
  const { sites, counters, log, now, random, geo, keys } = deps;
  const memory = new VisitMemory(settings.maxBrowsers);
  const drops = new DropCounter();
  const unknown = new UnknownNameCounter();
  const rateLimiter = new RateLimiter(settings.clientLimit);
  const browserLimiter = new RateLimiter(settings.clientLimit === 0 ? 0 : settings.browserLimit);
  const days = new SiteDays(new ValueCardinality({ ...VALUE_LIMITS, ...settings.valueLimits }));
  const proxyHint = new ProxyHint(now());
  const writeBuffer = await openWriteBuffer({ ...deps, ...counters });
  const { spool } = writeBuffer;
  const recent = new RecentIds(now());
  for (const [id, at] of writeBuffer.seen) recent.add(id, now(), at);
  const run = createPipeline({
    validate: createValidate(sites.meant),
    anonymise: createAnonymise({ geo, keys }),
    visit: createVisit({ memory, random: () => Math.floor(random() * 2 ** 32) }),
    spool,
    rateLimiter,
    newBrowsers: new NewBrowsers(memory, browserLimiter),
    days,
    recent,
    drops,
    findSite: sites.meant,
  });
  const taking: BeaconEndpointDeps = {
    run,
    mayRead: createMayRead(sites.isMeant, settings.ownHost),
    became: (outcome) => {
      counters.beacon(outcome);
      if (outcome.status === 404) unknown.note(outcome.named, now());
    },
    refusedRequest: counters.refusedRequest,
    proxyHint,
    log: seldom(log, now),
    now,
    trusted: settings.trusted,
    clientHeader: settings.clientHeader,
  };
  return {
    endpoints: new Map([
      [settings.path, createBeaconEndpoint(taking)],
      [pixelPath(settings.path), createPixelEndpoint(taking)],
    ]),
    writeBuffer,
    memory,
    proxyHint,
    unknownNames: () => unknown.list(now(), sites.isMeant),
    unknownTotal: () => unknown.total,
    takesBeacons: () => sites.isKnown && spool.hasRoom(),
    jobs: [
      {
        name: 'forget clients',
        everyMs: 0,
        run: () => {
          rateLimiter.forget(now());
          browserLimiter.forget(now());
        },
      },
      {
        name: 'sweep memory',
        everyMs: SWEEP_MS,
        run: () => {
          memory.sweep(now());
          days.sweep(now());
        },
      },
    ],
    async keepDrops() {
      const { rows, undo } = drops.drain();
      if (rows.length === 0) return;
      await spool.append({ rows, id: null, at: now(), undo }).catch(() => {
        // Undone: they wait for the next time.
      });
    },
  };
};

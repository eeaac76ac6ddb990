import { createAnonymise } from '../../../packages/collector/src/ingest/anonymise.ts';
import { RecentIds } from '../../../packages/collector/src/ingest/dedupe/recent-ids.ts';
import { DropCounter } from '../../../packages/collector/src/ingest/drop-counter.ts';
import { NO_HINTS } from '../../../packages/collector/src/ingest/enrich/client-hints.ts';
import { NewBrowsers } from '../../../packages/collector/src/ingest/limits/new-browsers.ts';
import { RateLimiter } from '../../../packages/collector/src/ingest/limits/rate-limit.ts';
import { SiteDays } from '../../../packages/collector/src/ingest/limits/site-days.ts';
import { ValueCardinality } from '../../../packages/collector/src/ingest/limits/value-cardinality.ts';
import { createPipeline, type Outcome } from '../../../packages/collector/src/ingest/pipeline.ts';
import type { FileSystem } from '../../../packages/collector/src/ingest/spool/file-system.ts';
import { openWriteBuffer, type WriteBuffer } from '../../../packages/collector/src/ingest/spool/write-buffer.ts';
import { createValidate } from '../../../packages/collector/src/ingest/validate.ts';
import { createVisit } from '../../../packages/collector/src/ingest/visits/visit.ts';
import { VisitMemory } from '../../../packages/collector/src/ingest/visits/visit-memory.ts';
import { openGeo } from '../../../packages/collector/src/privacy/geo.ts';
import { VisitorKeys } from '../../../packages/collector/src/privacy/keys.ts';
import { SITE } from '../../../packages/collector/src/query/testing.ts';
import type { Store } from '../../../packages/collector/src/store/store.ts';
import type { Beacon } from '../../../packages/sdk/src/wire.ts';
import { REAL_AGENT } from '../../support/agent.ts';

/** What a {@link SmallIntake} stands on. */
export interface Ground {
  readonly files: FileSystem;
  readonly store: Pick<Store, 'insert'>;
  readonly dataDir: string;
  readonly fsync: boolean;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
}

/** The collector from the pipeline to the store, without its doors. */
export interface SmallIntake {
  readonly writeBuffer: WriteBuffer;
  readonly send: (beacon: Beacon, address: string) => Promise<Outcome>;
}

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const geo = openGeo();
/** One for all: it lets everybody in, remembers nobody, and takes 3.5 MB. */
const rateLimiter = new RateLimiter(0);

/** Opens it, as a process does when it starts. */
export const openIntake = async ({ files, store, dataDir, fsync, random }: Ground): Promise<SmallIntake> => {
  const writeBuffer = await openWriteBuffer({
    files,
    dataDir,
    most: 2 ** 30,
    fsync,
    store: store as Store,
    log: SILENT,
    now: Date.now,
    random: () => 0,
    stored: () => {},
    refused: () => {},
    damaged: () => {},
  });
  const recent = new RecentIds(Date.now());
  for (const [id, at] of writeBuffer.seen) recent.add(id, at);
  const findSite = () => SITE;
  const memory = new VisitMemory(1_000);
  const run = createPipeline({
    validate: createValidate(findSite),
    anonymise: createAnonymise({ geo: await geo, keys: new VisitorKeys(Date.now()) }),
    visit: createVisit({ memory, random: () => Math.floor(random() * 2 ** 32) }),
    spool: writeBuffer.spool,
    rateLimiter,
    newBrowsers: new NewBrowsers(memory, rateLimiter),
    days: new SiteDays(new ValueCardinality()),
    recent,
    drops: new DropCounter(),
    findSite,
  });
  writeBuffer.start();
  return {
    writeBuffer,
    send: (beacon, address) =>
      run({
        at: Date.now(),
        body: JSON.stringify(beacon),
        sender: { address, agent: REAL_AGENT, hints: NO_HINTS, languages: '', gpc: false, dnt: false, prefetch: false },
      }),
  };
};

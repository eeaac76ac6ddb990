/**
 * `npm run bench:engine -- --seconds 30`: how many hits a second the embedded engine stores when it does nothing else,
 * in batches of 10,000 as the collector sends them, one after the other, and what CPU time a hit takes.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEngineOn } from '../packages/collector/src/engine/testing.ts';
import { createVisit } from '../packages/collector/src/ingest/visits/visit.ts';
import { VisitMemory } from '../packages/collector/src/ingest/visits/visit-memory.ts';
import { connect } from '../packages/collector/src/store/clickhouse.ts';
import { batchOf } from '../packages/collector/src/store/lines.ts';
import { migrate } from '../packages/collector/src/store/migrate.ts';
import type { Row } from '../packages/collector/src/store/row.ts';
import { createRandom } from '../test/support/clock.ts';
import { createMakeView } from './beacons.ts';
import { largestChildOf, usage } from './process.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '30' } } });
const BATCH_ROWS = 10_000;
/** Different batches; each is sent many times, with a token of its own. */
const BATCHES = 10;
const BROWSERS = 50_000;

/** Batches of views. */
const createBatches = async (): Promise<Row[][]> => {
  const random = createRandom(7);
  const makeView = await createMakeView(7);
  const memory = new VisitMemory(2 * BROWSERS);
  const visit = createVisit({ memory, random: () => Math.floor(random() * 2 ** 32) });
  const now = Date.now();
  return Array.from({ length: BATCHES }, (_, batch) =>
    Array.from({ length: BATCH_ROWS }, () => {
      const browser = Math.floor(random() * BROWSERS);
      return visit(makeView(browser, now + batch * 1000)).rows;
    }).flat(),
  );
};

const dataDir = mkdtempSync(join(tmpdir(), 'passerby-bench-'));
const engine = await startEngineOn(dataDir);
const store = connect(engine);
await migrate(store, null);
const batches = await createBatches();
const pid = largestChildOf(process.pid);
const begun = { at: performance.now(), cpuUs: usage(pid).cpuUs };
const end = begun.at + Number(values.seconds) * 1000;
let rows = 0;
for (let turn = 0; performance.now() < end; turn++) {
  const batch = batches[turn % BATCHES] ?? [];
  await store.insert(batchOf(batch, randomUUID()));
  rows += batch.length;
}
const seconds = (performance.now() - begun.at) / 1000;
const cpuUs = usage(pid).cpuUs - begun.cpuUs;
process.stdout.write(
  `${Math.round(rows / seconds)} hits/s, engine CPU ${(cpuUs / rows).toFixed(0)} µs a hit, RSS ${usage(pid).rssMb} MB\n`,
);
await store.close();
await engine.stop();
rmSync(dataDir, { recursive: true, force: true });

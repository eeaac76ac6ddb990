import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { faultyFiles, type Operation, systemError } from '../../packages/collector/src/ingest/spool/testing.ts';
import { type Load, startLoad } from '../support/load.ts';
import { SITE } from '../support/stand.ts';
import { startTestCollector } from '../support/test-collector.ts';
import { until } from '../support/until.ts';
import { judge } from '../support/verdict.ts';
import { aWhile } from './faults.ts';
import { expectKept, random } from './undergo.ts';

const TICK_MS = 1_000;
const HEAL_MS = 20_000;
const CHANGES: readonly Operation[] = ['makeDir', 'create', 'write', 'truncate', 'sync', 'rename', 'remove', 'syncDir'];

/** What the disk says to an operation while it is ill. */
type Illness = (operation: Operation) => Error | number | undefined;

const FULL: Illness = (operation) =>
  operation === 'create' || operation === 'write' ? systemError('ENOSPC') : undefined;
/** Writes end half-way. */
const FILLING: Illness = (operation) => (operation === 'write' && random() < 0.5 ? 100 : FULL(operation));
const READ_ONLY: Illness = (operation) => (CHANGES.includes(operation) ? systemError('EROFS') : undefined);

/** Whether anything has been counted since a number of tries. */
const countsAgain = (load: Load, before: number): Promise<void> =>
  until('hits are counted again', HEAL_MS, () => load.tries.counted > before + 50);

test.each([
  ['disk full and freed, 2 times', FULL, false],
  ['disk filling up, 2 times', FILLING, false],
  ['disk full and freed, 2 times, SPOOL_FSYNC=1', FULL, true],
  ['disk read-only and writable again, 2 times', READ_ONLY, false],
])('%s', { timeout: 90_000 }, async (fault, illness, fsync) => {
  let ill = false;
  const files = faultyFiles((operation) => (ill ? illness(operation) : undefined));
  const collector = await startTestCollector({ files, settings: { fsync } });
  const server = createServer(collector.collector.listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ticking = setInterval(() => void collector.collector.tick(), TICK_MS);
  try {
    await collector.api('POST', '/api/sites', { domain: SITE });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const load = startLoad({ site: SITE, target: () => url, random, retries: false });
    for (let times = 0; times < 2; times++) {
      await countsAgain(load, load.tries.counted);
      ill = true;
      const refused = load.tries.refused;
      await until('hits are refused', HEAL_MS, () => load.tries.refused > refused + 50);
      await aWhile(random);
      ill = false;
      await countsAgain(load, load.tries.counted);
    }
    await load.stop();
    await collector.flush();
    const verdict = await judge(collector.store, load.sent);
    expectKept(fault, verdict, load);
    expect(verdict.refused).toBeGreaterThan(0);
  } finally {
    clearInterval(ticking);
    server.close();
    await collector.stop();
  }
});

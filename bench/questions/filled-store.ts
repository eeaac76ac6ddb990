import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEngineOn } from '../../packages/collector/src/engine/testing.ts';
import { site } from '../../packages/collector/src/sites/site.ts';
import { connect } from '../../packages/collector/src/store/clickhouse.ts';
import type { Store } from '../../packages/collector/src/store/store.ts';
import { largestChildOf } from '../process.ts';

const DAY_MS = 86_400_000;
/** Days that there are hits of. */
export const DAYS = 90;
/** In a folder that `bench/fill.ts` has made: its last day, and what has been done. */
export const PROGRESS_FILE = 'filled';

/** A store that `bench/fill.ts` has made, open. */
export interface FilledStore {
  readonly store: Store;
  readonly enginePid: number;
  /** `YYYY-MM-DD`. Questions are asked in its last second, whatever day it is. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly now: () => number;
  close(): Promise<void>;
}

/** The last day of a folder. */
export const lastDayOf = (dataDir: string): string => readFileSync(join(dataDir, PROGRESS_FILE), 'utf8').slice(0, 10);

/** A day before or after another one. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** One of the sites that there are. */
export const siteOf = (id: string) =>
  site.parse({ id, domain: `${id}.example`, name: id, timezone: 'UTC', created: '2026-01-01T00:00:00.000Z' });

/** Opens it with the engine as the collector has it. */
export const openFilledStore = async (dataDir: string): Promise<FilledStore> => {
  const lastDay = lastDayOf(dataDir);
  const engine = await startEngineOn(dataDir);
  const store = connect(engine);
  return {
    store,
    enginePid: largestChildOf(process.pid),
    firstDay: dayAfter(lastDay, 1 - DAYS),
    lastDay,
    now: () => Date.parse(lastDay) + DAY_MS - 1000,
    close: async () => {
      await store.close();
      await engine.stop();
    },
  };
};

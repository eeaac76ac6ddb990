import { addDays } from '../lib/time-zone.ts';
import { keptTables } from '../store/kept-tables.ts';
import { alterTable } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Topology } from '../store/topology.ts';
import type { Site } from './site.ts';
import { siteZone } from './site-zone.ts';

/** Days end once a day, but not everywhere at once. */
const EVERY_MS = 60 * 60_000;

/** What {@link createExpiry} needs. */
export interface ExpiryDeps {
  readonly store: Store;
  readonly topology: Topology;
  /** All sites; it may throw while none are known. */
  readonly sites: () => readonly Site[];
  /** Unix milliseconds. */
  readonly now: () => number;
}

/**
 * Deletes totals that are older than their site keeps them; single hits and log records go by themselves, as each row
 * says until when it stays. To be called now and then: it looks once an hour, and what fails is tried again then.
 */
export const createExpiry = ({ store, topology, sites, now }: ExpiryDeps): (() => Promise<void>) => {
  let looked = Number.NEGATIVE_INFINITY;

  const tablesOfSums = async (): Promise<TableOfSums[]> => {
    const kept = await keptTables(store);
    const own = { name: 'sums', alter: alterTable('sums', topology) };
    // What is kept from before an upgrade is no older.
    return kept === null ? [own] : [own, { name: kept.of('sums'), alter: `ALTER TABLE ${kept.of('sums')}` }];
  };

  const expire = async (site: Site, tables: readonly TableOfSums[]): Promise<void> => {
    const last = addDays(siteZone(site, now()).day(now()), -site.sumsDays);
    const params = { site: site.id, last };
    const where = 'site = {site:String} AND day <= {last:Date}';
    for (const { name, alter } of tables) {
      const [found] = await store.query(`SELECT 1 FROM ${name} WHERE ${where} LIMIT 1`, params);
      if (found !== undefined) await store.command(`${alter} DELETE WHERE ${where}`, params, { pool: 'upkeep' });
    }
  };

  return async () => {
    if (Math.abs(now() - looked) < EVERY_MS) return;
    looked = now();
    const expiring = sites().filter(({ sumsDays }) => sumsDays > 0);
    if (expiring.length === 0) return;
    const tables = await tablesOfSums();
    for (const site of expiring) await expire(site, tables);
  };
};

/** A table of totals, and what a statement that changes it begins with. */
interface TableOfSums {
  readonly name: string;
  readonly alter: string;
}

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

  const expire = async (site: Site): Promise<void> => {
    const last = addDays(siteZone(site, now()).day(now()), -site.sumsDays);
    const params = { site: site.id, last };
    const where = 'site = {site:String} AND day <= {last:Date}';
    const kept = await keptTables(store);
    // What is kept from before an upgrade is no older.
    const tables = [
      ['sums', alterTable('sums', topology)],
      ...(kept === null ? [] : [[kept.of('sums'), `ALTER TABLE ${kept.of('sums')}`]]),
    ] as const;
    for (const [table, alter] of tables) {
      const [found] = await store.query(`SELECT 1 FROM ${table} WHERE ${where} LIMIT 1`, params);
      if (found !== undefined) await store.command(`${alter} DELETE WHERE ${where}`, params, { pool: 'upkeep' });
    }
  };

  return async () => {
    if (Math.abs(now() - looked) < EVERY_MS) return;
    looked = now();
    for (const site of sites()) if (site.sumsDays > 0) await expire(site);
  };
};

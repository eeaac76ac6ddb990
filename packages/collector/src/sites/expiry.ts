import { addDays, utcDay } from '../lib/time-zone.ts';
import { type KeptTables, keptTables } from '../store/kept-tables.ts';
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
 * Deletes what is older than its site keeps it. Single hits and log records go by themselves (`TTL`), as each says until when it
 * stays: by what its site kept when it came. What is left to be done is to delete totals, which say nothing, and those that their
 * site keeps for a shorter time since. To be called now and then: it looks once an hour, and at once when a site keeps something
 * for another time; what fails is tried again in an hour.
 */
export const createExpiry = ({ store, topology, sites, now }: ExpiryDeps): (() => Promise<void>) => {
  let looked = Number.NEGATIVE_INFINITY;
  let lookedFor = '';

  const placesOf = (kept: KeptTables | null, name: Expiring): Place[] => {
    const own = { name, alter: alterTable(name, topology) };
    // What is kept from before an upgrade is no older.
    return kept === null ? [own] : [own, { name: kept.of(name), alter: `ALTER TABLE ${kept.of(name)}` }];
  };

  const expire = async ({ last, where }: Past, site: Site, { name, alter }: Place): Promise<void> => {
    const params = { site: site.id, last, today: utcDay(now()) };
    const past = `site = {site:String} AND day <= {last:Date}${where}`;
    const [found] = await store.query(`SELECT 1 FROM ${name} WHERE ${past} LIMIT 1`, params);
    if (found !== undefined) await store.command(`${alter} DELETE WHERE ${past}`, params, { pool: 'upkeep' });
  };

  return async () => {
    const all = sites();
    const keeping = JSON.stringify(
      all.map(({ id, hitsDays, logsDays, sumsDays }) => [id, hitsDays, logsDays, sumsDays]),
    );
    if (Math.abs(now() - looked) < EVERY_MS && keeping === lookedFor) return;
    looked = now();
    lookedFor = keeping;
    if (all.length === 0) return;
    const kept = await keptTables(store);
    for (const name of EXPIRING)
      for (const site of all) {
        const past = pastOf(name, site, now());
        if (past !== null) for (const place of placesOf(kept, name)) await expire(past, site, place);
      }
  };
};

const EXPIRING = ['sums', 'hits', 'logs'] as const;
type Expiring = (typeof EXPIRING)[number];

/** A table, and what a statement that changes it begins with. */
interface Place {
  readonly name: string;
  readonly alter: string;
}

/** What of a site's rows is past its age. */
interface Past {
  /** The last day that is. */
  readonly last: string;
  /** What holds beside, with `AND` before it. */
  readonly where: string;
}

/** Days of totals end where the site is; the engine ends those of hits and log records in UTC, and so does this. */
const pastOf = (name: Expiring, site: Site, now: number): Past | null => {
  if (name === 'sums') {
    const { sumsDays } = site;
    return sumsDays === 0 ? null : { last: addDays(siteZone(site, now).day(now), -sumsDays), where: '' };
  }
  const days = name === 'hits' ? site.hitsDays : site.logsDays;
  return { last: addDays(utcDay(now), -days), where: ' AND keep_until > {today:Date}' };
};

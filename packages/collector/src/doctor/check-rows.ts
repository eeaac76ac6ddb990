import { join } from 'node:path';
import { addDays, utcDay } from '../lib/time-zone.ts';
import { checkZones } from './check-zones.ts';
import { count, type Found, ok, skipped, warn, wrong } from './finding.ts';
import { type Ask, askOf, type Patient } from './patient.ts';
import { sitesOf } from './sites.ts';
import { reasonOf } from './trouble.ts';

const RESTORE = 'restore a backup: see "Damage" in docs/backup.md';

/** Whether what owners set up can be read: sites, accounts, tokens. */
export const checkDocuments = async (patient: Patient): Promise<Found[]> => {
  const ask = askOf(patient);
  const rows = await ask<{ kind: string; id: string; body: string; deleted: number }>(
    'SELECT kind, id, body, deleted FROM config FINAL ORDER BY kind, id',
  );
  const live = rows.filter(({ deleted }) => deleted === 0);
  const garbled = live.filter(({ body }) => !isJson(body));
  const sites = await sitesOf(ask);
  const unread = live.filter(({ kind, body }) => kind === 'site' && isJson(body)).length - sites.length;
  const found: Found[] = [];
  if (garbled.length > 0)
    found.push(
      wrong(
        `${count(garbled.length, 'document')} of ${[...new Set(garbled.map(({ kind }) => kind))].join(', ')} cannot be read.`,
        RESTORE,
      ),
    );
  if (unread > 0)
    found.push(
      warn(
        `${count(unread, 'site')} cannot be read by this version of Passerby.`,
        'start the newer Passerby that wrote them',
      ),
    );
  found.push(...(await againstCopy(patient, new Set(rows.filter(({ kind }) => kind === 'site').map(({ id }) => id)))));
  if (found.length > 0) return found;
  const zones = [...new Set(sites.map(({ timezone }) => timezone))];
  return [
    ok(`${count(live.length, 'document')} of sites, accounts and tokens can be read.`),
    ...(zones.length === 0 ? [] : await checkZones(patient, zones)),
  ];
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** The collector keeps a copy of the sites: one that the table does not know at all, not even as deleted, was lost. */
const againstCopy = async ({ disk, dataDir, engine }: Patient, known: ReadonlySet<string>): Promise<Found[]> => {
  let copy: { readonly sites: readonly { readonly id: string; readonly domain: string }[] };
  try {
    copy = JSON.parse((await disk.read(join(dataDir, 'sites.json'))).toString());
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return isAbsent
      ? []
      : [
          warn(
            'DATA_DIR/sites.json cannot be read: a collector that starts while the store is away knows no site.',
            'delete it: the collector writes it anew',
          ),
        ];
  }
  const lost = copy.sites.filter(({ id }) => !known.has(id));
  if (lost.length === 0) return [];
  const says = `${count(lost.length, 'site')} of DATA_DIR/sites.json, as ${lost[0]?.domain}, ${lost.length === 1 ? 'is' : 'are'} not in the table config`;
  return [
    engine === 'embedded'
      ? wrong(`${says}: its rows are lost.`, RESTORE)
      : warn(`${says}: was the folder used with another server?`, RESTORE),
  ];
};

/** How long what is too old may stay: it goes when parts are merged, which the engine does every few hours. */
const LATE_DAYS = 2;

/** Whether what is older than it may be is gone. */
export const checkRetention = async (patient: Patient): Promise<Found[]> => {
  const ask = askOf(patient);
  const found: Found[] = [];
  for (const table of ['hits', 'logs'] as const)
    try {
      found.push(...(await tooOld(patient, ask, table)));
    } catch (error) {
      if (patient.signal.aborted) throw error;
      found.push(skipped(`The oldest rows of ${table} cannot be read: ${reasonOf(error)}.`));
    }
  found.push(
    ...(await oldSums(patient, ask).catch((error) => [
      skipped(`The oldest rows of sums cannot be read: ${reasonOf(error)}.`),
    ])),
  );
  return found.length > 0 ? found : [ok('Nothing is older than it may be.')];
};

const DAY_MS = 86_400_000;

/** A collector that has just begun had no time to delete it. */
const late = ({ running }: Patient, says: string): Found =>
  running !== null && running.up > DAY_MS
    ? wrong(`${says}.`, 'see "When deleted data leave the disk" in docs/install.md')
    : warn(`${says}; a collector that runs deletes it within a day.`, 'let the collector run for a day');

const tooOld = async (patient: Patient, ask: Ask, table: 'hits' | 'logs'): Promise<Found[]> => {
  const [row] = await ask<{ n: number; oldest: string }>(
    `SELECT toFloat64(count()) AS n, toString(min(keep_until)) AS oldest FROM ${table} WHERE keep_until <= {limit:Date} SETTINGS max_threads = 1`,
    { limit: addDays(utcDay(patient.now()), -LATE_DAYS) },
  );
  return row === undefined || row.n === 0
    ? []
    : [late(patient, `${table} still has ${count(row.n, 'row')} that could stay until ${row.oldest} at most`)];
};

const oldSums = async (patient: Patient, ask: Ask): Promise<Found[]> => {
  const found: Found[] = [];
  for (const { id, domain, sumsDays } of (await sitesOf(ask)).filter(({ sumsDays }) => sumsDays > 0)) {
    const limit = addDays(utcDay(patient.now()), -sumsDays - LATE_DAYS);
    const [row] = await ask<{ oldest: string; n: number }>(
      'SELECT toString(min(day)) AS oldest, toFloat64(count()) AS n FROM sums WHERE site = {site:String} AND day <= {limit:Date} SETTINGS max_threads = 1',
      { site: id, limit },
    );
    if (row !== undefined && row.n > 0)
      found.push(late(patient, `sums of ${domain} still has ${row.oldest}, and is kept for ${count(sumsDays, 'day')}`));
  }
  return found;
};

import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { ApiError } from '../../http/api-error.ts';
import { FieldError } from '../../http/field-error.ts';
import { coded } from '../../http/parse.ts';
import type { PurgeStored } from '../../ingest/purge-stored.ts';
import { addDays } from '../../lib/time-zone.ts';
import type { Asker } from '../../query/admission/asker.ts';
import { isAskable } from '../../query/period/range.ts';
import { hourBucketLabel } from '../../query/period/time-buckets.ts';
import { filterName } from '../../query/stats/parse-names.ts';
import type { Checked, ScriptPlaces } from '../../sites/check/check.ts';
import { hostIn } from '../../sites/host-name.ts';
import { nearNames } from '../../sites/near-names.ts';
import type { Said } from '../../sites/purge/part.ts';
import { EVERYTHING, type Extent, type Part } from '../../sites/purge/purge.ts';
import type { Site } from '../../sites/site.ts';
import type { Sites } from '../../sites/site-store.ts';
import { siteZone } from '../../sites/site-zone.ts';
import type { UnknownNames } from '../../sites/unknown-names.ts';
import type { Endpoint } from '../endpoint.ts';

/** A path of the site's own, with or without a query. */
const path = z
  .string()
  .max(2000)
  .refine((written) => /^\/(?!\/)/.test(written), {
    error: 'must be a path such as /pricing',
    params: coded('not_a_path'),
  });
const day = z.iso.date('must be a day such as 2026-03-01');
const hour = z.string().refine((written) => /^\d{4}-\d\d-\d\dT\d\d(?::00)?$/.test(written), {
  error: 'must be an hour such as 2026-03-01T14:00',
  params: coded('not_an_hour'),
});
/** No hit says an empty one: what it would choose is all that says nothing of the kind. */
const value = z.string().min(1, 'must not be empty').max(2000);

/** A part of a site's statistics; nothing named: all of them. */
const purgePart = z.strictObject({
  /** Path of a page, as it is shown. */
  page: path.optional(),
  /** First and last local day. */
  from: day.optional(),
  to: day.optional(),
  /** Hits are chosen by what they say: an event's name, a source, the local hour in which their visit began. */
  event: value.optional(),
  source: value.optional(),
  hour: hour.optional(),
  /** And by the value of any other dimension, or of a property (`event:props:plan`). */
  dimension: filterName.optional(),
  value: value.optional(),
});

/** What confirms that something is to be deleted for good. */
const confirmation = z.strictObject({
  /** The site's domain, typed. */
  confirm: z.string().max(253),
});

/** How much a purge takes. */
const extentShape = z
  .strictObject({
    hits: z.number().describe('Single views and events.'),
    logs: z.number(),
    days: z.number().describe('Days on which there is something.'),
    keptDays: z
      .number()
      .optional()
      .describe('Days of which only totals are kept: these stay, but for those of what was named. Missing: none.'),
  })
  .meta({ id: 'Extent' });

/** A name that is no site here. */
export const unknownName = z
  .strictObject({
    name: z.string(),
    count: z.number().describe('Beacons that named it, since it was first met.'),
    last: z.number().describe('When the last of them came, Unix seconds.'),
  })
  .meta({ id: 'UnknownName' });

const checkedShape = z.strictObject({
  finding: z.enum([
    'found',
    'no_tag',
    'other_site',
    'other_collector',
    'not_html',
    'unreachable',
    'forbidden_address',
    'redirected_away',
    'too_large',
  ]),
  status: z.number().nullable(),
  url: z.string(),
  csp: z.string().nullable().describe('The part of the page’s Content-Security-Policy that is in the way.'),
  hits: z.boolean().describe('Something was counted for the site before.'),
  near: z
    .array(unknownName)
    .optional()
    .describe('Names like the site’s own that beacons came for, and that are no site here; missing: none.'),
});

/** What the routes need. */
export interface MaintenanceDeps {
  readonly endpoint: Endpoint;
  readonly sites: Sites;
  /** Takes a part out, and what was accepted of it and is not stored yet. */
  readonly purge: PurgeStored;
  /** How much a purge would take, as one who asks. */
  readonly extent: (site: Site, part: Part, asker: Asker) => Promise<Extent>;
  /** Looks whether a page of a site carries its script tag. */
  readonly check: (site: Site, path: string, places: ScriptPlaces) => Promise<Checked>;
  /** Where this collector's scripts are, as the request sees it. */
  readonly placesOf: (c: Context) => ScriptPlaces;
  /** Deletes what owners keep for a site that goes. */
  readonly forget: (site: Site) => Promise<void>;
  /** Whether anything was ever counted for a site. */
  readonly hasHits: (site: Site, asker: Asker) => Promise<boolean>;
  /** What beacons named that is no site here. */
  readonly unknownNames: () => UnknownNames;
}

/** Looking whether a site is connected, and forgetting what was stored of it. */
export const maintenanceRoutes = (deps: MaintenanceDeps) => {
  const { endpoint, sites, purge, extent, check, placesOf, forget, hasHits, unknownNames } = deps;
  const checkInTurn = oneAtATime('a check');
  const purgeInTurn = oneAtATime('a deletion');
  return new Hono()
    .post(
      '/sites/:domain/check',
      endpoint({
        tag: 'Sites',
        permission: 'editor',
        asks: true,
        summary: 'Looks whether a page of the site carries its script tag',
        note: 'Only the site’s own hosts are asked, and only at public addresses.',
        body: z.strictObject({ path: path.default('/') }),
        answers: { 200: checkedShape, 429: 'A check of this site is under way.' },
        example: { body: { path: '/' } },
      }),
      async (c) => {
        const { site, asker } = c.var;
        const { path } = c.req.valid('json');
        const [checked, hits] = await Promise.all([
          checkInTurn(site.id, () => check(site, path, placesOf(c))),
          hasHits(site, asker),
        ]);
        const near = nearNames(site, unknownNames().names);
        return c.json({ ...checked, hits, ...(near.length > 0 && { near }) });
      },
    )
    .get(
      '/sites/:domain/purge',
      endpoint({
        tag: 'Sites',
        permission: 'owner',
        asks: true,
        summary: 'Counts what a purge would take',
        query: purgePart,
        answers: { 200: extentShape },
        example: { query: 'page=/secret' },
      }),
      async (c) => c.json(await extent(c.var.site, partOf(c.var.site, c.req.valid('query')), c.var.asker)),
    )
    .post(
      '/sites/:domain/purge',
      endpoint({
        tag: 'Sites',
        permission: 'owner',
        summary: 'Deletes a part of what is stored of a site, for good',
        note: 'Of days all is deleted, their numbers too. A page is forgotten by name, title and log lines; the visits to it stay counted. What is chosen by `event`, `source`, `hour`, or `dimension` and `value`, all of which must be true, is taken out of hits and numbers; a visit that has other hits stays.',
        body: purgePart.extend(confirmation.shape),
        answers: {
          200: extentShape,
          429: 'A deletion of this site is under way.',
        },
        example: { body: { from: '2020-01-01', to: '2020-01-31', confirm: 'example.com' } },
      }),
      async (c) => {
        const { site } = c.var;
        const { confirm, ...part } = c.req.valid('json');
        expectDomain(confirm, site);
        return c.json(await purgeInTurn(site.id, async () => purge(site, partOf(site, part))));
      },
    )
    .delete(
      '/sites/:domain',
      endpoint({
        tag: 'Sites',
        permission: 'owner',
        summary: 'Deletes a site with all that was counted for it',
        body: confirmation,
        answers: { 204: null, 429: 'A deletion of this site is under way.' },
        example: { body: { confirm: 'example.com' } },
      }),
      async (c) => {
        const { site } = c.var;
        expectDomain(c.req.valid('json').confirm, site);
        // Once before, so that a store that is away leaves the site to be deleted again; then what came meanwhile.
        await purgeInTurn(site.id, async () => {
          await purge(site, EVERYTHING);
          await sites.remove(site);
          await forget(site);
          await purge(site, EVERYTHING);
        });
        return c.body(null, 204);
      },
    );
};

const partOf = (site: Site, asked: z.output<typeof purgePart>): Part => {
  const { page, from, to, hour } = asked;
  if (from !== undefined && to !== undefined && from > to)
    throw new FieldError('to', 'must not be before from', 'backwards');
  const said = saidIn(asked);
  if (page !== undefined && (said.length > 0 || hour !== undefined))
    throw new FieldError('page', 'is forgotten by itself: name no event, source, hour or value beside it');
  const days = { page: page ?? null, from: from ?? null, to: to ?? null, said };
  return hour === undefined ? days : { ...days, hours: hoursOf(site, hour) };
};

const saidIn = ({ event, source, dimension, value }: z.output<typeof purgePart>): Said[] => {
  if (dimension !== undefined && value === undefined)
    throw new FieldError('value', 'must be named with a dimension', 'missing');
  if (dimension === undefined && value !== undefined)
    throw new FieldError('dimension', 'must be named with a value', 'missing');
  if (dimension === 'event:page' || dimension === 'visit:exit_page')
    throw new FieldError('dimension', 'must not be a page: name it as page');
  return [
    ...(event === undefined ? [] : [{ dimension: 'event:name', value: event }]),
    ...(source === undefined ? [] : [{ dimension: 'visit:source', value: source }]),
    ...(dimension === undefined || value === undefined ? [] : [{ dimension, value }]),
  ];
};

/** Two where a change of clocks repeats the hour. */
const hoursOf = (site: Site, hour: string): number[] => {
  const day = hour.slice(0, 10);
  const zone = siteZone(site, Date.parse(`${day}T12:00:00Z`));
  const hours =
    isDay(day) && isAskable(day) ? zone.hours(zone.startOfDay(day), zone.startOfDay(addDays(day, 1)) - 1) : [];
  const found = hours.filter((name) => hourBucketLabel(name, zone).startsWith(hour.slice(0, 13)));
  if (found.length === 0)
    throw new FieldError('hour', 'must be an hour of the site, such as 2026-03-01T14:00', 'not_an_hour');
  return found;
};

const isDay = (text: string): boolean => z.iso.date().safeParse(text).success;

const expectDomain = (typed: string, { domain }: Site): void => {
  if (hostIn(typed) !== domain) throw new FieldError('confirm', `must be ${domain}`, 'not_confirmed');
};

/** Lets one job of a name run at a time; others are refused. */
const oneAtATime = (what: string) => {
  const running = new Set<string>();
  return async <T>(name: string, job: () => Promise<T>): Promise<T> => {
    if (running.has(name)) throw new ApiError(429, 'under_way', 'request', `${what} of this site is under way`);
    running.add(name);
    return job().finally(() => running.delete(name));
  };
};

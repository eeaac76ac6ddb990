import { type Context, Hono } from 'hono';
import { validator } from 'hono/validator';
import { z } from 'zod';
import type { Access } from '../accounts/access.ts';
import { body } from '../body.ts';
import { FieldError } from '../field-error.ts';
import { read } from '../read.ts';
import { RefusedError } from '../refused.ts';
import type { Checked, ScriptPlaces } from './check/check.ts';
import { hostIn } from './host-name.ts';
import { nearNames } from './near-names.ts';
import { EVERYTHING, type Part, type Purge } from './purge.ts';
import type { Site } from './site.ts';
import type { Sites } from './sites.ts';
import type { UnknownNames } from './unknown-names.ts';

/** A path of the site's own, with or without a query. */
const path = z
  .string()
  .max(2000)
  .regex(/^\/(?!\/)/, 'must be a path such as /pricing');
const day = z.iso.date('must be a day such as 2026-03-01');

/** What `POST /api/sites/:domain/check` takes. */
export const checkRequest = z.strictObject({ path: path.default('/') });

/** A part of a site's statistics; nothing named: all of them. */
export const purgePart = z.strictObject({
  /** Path of a page, as it is shown. */
  page: path.optional(),
  /** First and last local day. */
  from: day.optional(),
  to: day.optional(),
});

/** What confirms that something is to be deleted for good. */
export const confirmation = z.strictObject({
  /** The site's domain, typed. */
  confirm: z.string().max(253),
});

/** What `POST /api/sites/:domain/purge` takes. */
export const purgeRequest = purgePart.extend(confirmation.shape);

/** What the routes need. */
export interface UpkeepDeps {
  readonly access: Access;
  readonly sites: Sites;
  readonly purge: Purge;
  /** Resolves when all that was accepted is stored, or cannot be for now. */
  readonly settle: () => Promise<void>;
  /** Looks whether a page of a site carries its script tag. */
  readonly check: (site: Site, path: string, places: ScriptPlaces) => Promise<Checked>;
  /** Where this collector's scripts are, as the request sees it. */
  readonly placesOf: (c: Context) => ScriptPlaces;
  /** Deletes what owners keep for a site that goes. */
  readonly forget: (site: Site) => Promise<void>;
  /** Whether anything was ever counted for a site. */
  readonly hasHits: (site: Site) => Promise<boolean>;
  /** What beacons named that is no site here. */
  readonly unknownNames: () => UnknownNames;
}

/** Looking whether a site is connected, and forgetting what was stored of it. */
export const upkeepRoutes = (deps: UpkeepDeps) => {
  const { access, sites, purge, settle, check, placesOf, forget, hasHits, unknownNames } = deps;
  const checkInTurn = oneAtATime();
  return new Hono()
    .post('/:domain/check', access.site('editor'), body(checkRequest), async (c) => {
      const site = c.get('site');
      const { path } = c.req.valid('json');
      const [checked, hits] = await Promise.all([
        checkInTurn(site.id, () => check(site, path, placesOf(c))),
        hasHits(site),
      ]);
      const near = nearNames(site, unknownNames().names);
      return c.json({ ...checked, hits, ...(near.length > 0 && { near }) });
    })
    .get(
      '/:domain/purge',
      access.site('owner'),
      validator('query', (value) => read(purgePart, value)),
      async (c) => c.json(await purge.extent(c.get('site'), partOf(c.req.valid('query')))),
    )
    .post('/:domain/purge', access.site('owner'), body(purgeRequest), async (c) => {
      const site = c.get('site');
      const { confirm, ...part } = c.req.valid('json');
      expectDomain(confirm, site);
      await settle();
      return c.json(await purge.purge(site, partOf(part)));
    })
    .delete('/:domain', access.site('owner'), body(confirmation), async (c) => {
      const site = c.get('site');
      expectDomain(c.req.valid('json').confirm, site);
      // Once before, so that a store that is away leaves the site to be deleted again; then what came meanwhile.
      await purge.purge(site, EVERYTHING);
      await sites.remove(site);
      await forget(site);
      await settle();
      await purge.purge(site, EVERYTHING);
      return c.body(null, 204);
    });
};

const partOf = ({ page, from, to }: z.output<typeof purgePart>): Part => {
  if (from !== undefined && to !== undefined && from > to) throw new FieldError('to', 'must not be before from');
  return { page: page ?? null, from: from ?? null, to: to ?? null };
};

const expectDomain = (typed: string, { domain }: Site): void => {
  if (hostIn(typed) !== domain) throw new FieldError('confirm', `must be ${domain}`);
};

/** Lets one job of a name run at a time; others are refused. */
const oneAtATime = () => {
  const running = new Set<string>();
  return async <T>(name: string, job: () => Promise<T>): Promise<T> => {
    if (running.has(name)) throw new RefusedError(429, 'request', 'a check of this site is under way');
    running.add(name);
    return job().finally(() => running.delete(name));
  };
};

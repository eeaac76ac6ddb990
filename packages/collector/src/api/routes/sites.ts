import { Hono } from 'hono';
import { z } from 'zod';
import { type Caller, mayOn } from '../../accounts/caller.ts';
import { roleOn } from '../../accounts/role.ts';
import { ApiError } from '../../http/api-error.ts';
import { newSite, type Site, type SiteChange, siteChange, site as siteShape } from '../../sites/site.ts';
import type { Sites } from '../../sites/site-store.ts';
import type { UnknownNames } from '../../sites/unknown-names.ts';
import type { Endpoint } from '../endpoint.ts';
import { role } from './account-deps.ts';
import { unknownName } from './site-maintenance.ts';

/** A site with the caller's role. The addresses that an owner wrote down are for those alone who may change them. */
const shownTo = (caller: Caller, site: Site) => ({
  ...site,
  ignoredAddresses: mayOn(caller, site.id, 'editor') ? site.ignoredAddresses : [],
  role: roleOn(caller.roles, site.id) ?? ('viewer' as const),
});

const KEPT = ['hitsDays', 'logsDays', 'sumsDays'] as const;

/** What is to be kept for fewer days is deleted where it is older: that is a purge, which owners alone may. */
const checkKept = (caller: Caller, site: Site, change: SiteChange): void => {
  if (mayOn(caller, site.id, 'owner')) return;
  for (const name of KEPT) {
    const days = change[name];
    if (days !== undefined && longevity(name, days) < longevity(name, site[name]))
      throw new ApiError(403, 'forbidden', name, 'deletes what was counted, which an owner of the site may do');
  }
};

/** Of totals, 0 days are for good. */
const longevity = (name: (typeof KEPT)[number], days: number): number =>
  name === 'sumsDays' && days === 0 ? Number.POSITIVE_INFINITY : days;

/** What the routes need. */
export interface SiteRoutesDeps {
  readonly endpoint: Endpoint;
  readonly sites: Sites;
  /** What beacons named that is no site here. */
  readonly unknownNames: () => UnknownNames;
}

const shape = z.looseObject(siteShape.shape).meta({ id: 'Site' });

/** Listing, adding and changing sites. */
export const siteRoutes = ({ endpoint, sites, unknownNames }: SiteRoutesDeps) =>
  new Hono()
    .get(
      '/sites',
      endpoint({
        tag: 'Sites',
        permission: 'account',
        summary: 'Lists the sites that the caller may read',
        answers: { 200: z.strictObject({ sites: z.array(shape.extend({ role })) }) },
        example: {},
      }),
      (c) => {
        const { caller } = c.var;
        const seen = sites.all().filter(({ id }) => mayOn(caller, id, 'viewer'));
        return c.json({ sites: seen.map((site) => shownTo(caller, site)) });
      },
    )
    .post(
      '/sites',
      endpoint({
        tag: 'Sites',
        permission: 'owner everywhere',
        summary: 'Adds a site',
        body: newSite,
        answers: { 201: shape, 409: 'There is a site of this name.' },
        example: { body: { domain: 'shop.example', name: 'Shop', timezone: 'Europe/Berlin' } },
      }),
      async (c) => c.json(await sites.add(c.req.valid('json')), 201),
    )
    .get(
      '/unknown-names',
      endpoint({
        tag: 'Sites',
        permission: 'owner everywhere',
        summary: 'Lists the names by which beacons called a site that is none here',
        note: 'The 300 most frequent of the last week, in the memory of this collector; a restart begins anew.',
        answers: {
          200: z.strictObject({
            names: z.array(unknownName),
            other: z.number().describe('Beacons since the start that named what is not listed.'),
          }),
        },
        example: {},
      }),
      (c) => c.json(unknownNames()),
    )
    .patch(
      '/sites/:domain',
      endpoint({
        tag: 'Sites',
        permission: 'editor',
        summary: 'Changes what is counted of a site, and how long it is kept',
        note: 'What is not named stays as it is. Another time zone holds from the next local midnight; a former domain becomes an alias. Fewer `hitsDays`, `logsDays` or `sumsDays` count for what is stored too, which is deleted, and need an owner of the site. `dailyItems`, `dailyLogMegabytes`, `maxRevenue` and `refunds` bound what strangers can make up: beyond them items are left out as `quota` or `logs`, or their revenue is (`revenue`).',
        body: siteChange,
        answers: {
          200: shape,
          403: 'To keep something for fewer days needs an owner.',
          409: 'A name is another site’s.',
        },
        example: { body: { excludedPages: ['/admin/*'], collect: { languages: false } } },
      }),
      async (c) => {
        const { caller, site } = c.var;
        const change = c.req.valid('json');
        checkKept(caller, site, change);
        return c.json(await sites.change(site, change));
      },
    );

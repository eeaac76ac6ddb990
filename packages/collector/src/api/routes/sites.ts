import { Hono } from 'hono';
import { roleOn } from '../../accounts/role.ts';
import { ApiError } from '../../http/api-error.ts';
import { body } from '../../http/json-body.ts';
import type { Asker, Asking } from '../../query/admission/asker.ts';
import { newSite, type Site, siteChange } from '../../sites/site.ts';
import type { Sites } from '../../sites/site-store.ts';
import { type Access, type Caller, mayOn } from '../access.ts';

/** What a site's owner sees of this moment. */
export interface Now {
  /** Visits with a view or event in the last five minutes. */
  visitors: number;
  /** The site has ever had one. */
  hits: boolean;
}

/** A site with the caller's role. The addresses that an owner wrote down are for those alone who may change them. */
const shownTo = (caller: Caller, site: Site) => ({
  ...site,
  ignoredAddresses: mayOn(caller, site.id, 'editor') ? site.ignoredAddresses : [],
  role: roleOn(caller.roles, site.id) ?? ('viewer' as const),
});

/** Totals that are to be kept for fewer days are deleted within the hour: that is a purge, which owners alone may. */
const checkKept = (caller: Caller, site: Site, days: number | undefined): void => {
  const isShorter = days !== undefined && days > 0 && (site.sumsDays === 0 || days < site.sumsDays);
  if (isShorter && !mayOn(caller, site.id, 'owner'))
    throw new ApiError(403, 'forbidden', 'sumsDays', 'deletes what was counted, which an owner of the site may do');
};

/** What the routes need. */
export interface SiteRoutesDeps {
  readonly sites: Sites;
  readonly now: (site: Site, asker: Asker) => Promise<Now>;
  readonly access: Access;
  readonly asking: Asking;
}

/** Listing, adding and changing sites. */
export const siteRoutes = ({ sites, now, access, asking }: SiteRoutesDeps) =>
  new Hono()
    .get('/', access.account, (c) => {
      const { caller } = c.var;
      const seen = sites.all().filter(({ id }) => mayOn(caller, id, 'viewer'));
      return c.json({ sites: seen.map((site) => shownTo(caller, site)) });
    })
    .post('/', access.everywhere('owner'), body(newSite), async (c) =>
      c.json(await sites.add(c.req.valid('json')), 201),
    )
    .patch('/:domain', access.site('editor'), body(siteChange), async (c) => {
      const { caller, site } = c.var;
      const change = c.req.valid('json');
      checkKept(caller, site, change.sumsDays);
      return c.json(await sites.change(site, change));
    })
    .get('/:domain/now', access.site('viewer'), asking, async (c) => c.json(await now(c.var.site, c.var.asker)));

import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { body } from '../body.ts';
import { newSite, type Site, siteChange } from './site.ts';
import type { Sites } from './sites.ts';

/** What a site's owner sees of this moment. */
export interface Now {
  /** Visits with a view or event in the last five minutes. */
  visitors: number;
  /** The site has ever had one. */
  hits: boolean;
}

/** The site of this domain; 404 if there is none. */
export const siteOr404 = (sites: Sites, domain: string): Site => {
  const site = sites.find(domain.toLowerCase());
  if (site === undefined)
    throw new HTTPException(404, { message: `there is no site ${JSON.stringify(domain.slice(0, 80))}` });
  return site;
};

/** Listing, adding and changing sites. */
export const siteRoutes = (sites: Sites, now: (site: Site) => Promise<Now>) =>
  new Hono()
    .get('/', (c) => c.json({ sites: sites.all() }))
    .post('/', body(newSite), async (c) => c.json(await sites.add(c.req.valid('json')), 201))
    .patch('/:domain', body(siteChange), async (c) =>
      c.json(await sites.change(siteOr404(sites, c.req.param('domain')), c.req.valid('json'))),
    )
    .get('/:domain/now', async (c) => c.json(await now(siteOr404(sites, c.req.param('domain')))));

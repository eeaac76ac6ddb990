import { z } from 'zod';
import { ROLES } from '../../accounts/role.ts';
import { newSite, siteChange, site as siteShape } from '../../sites/site.ts';
import { checkRequest, confirmation, purgePart, purgeRequest } from '../routes/site-maintenance.ts';
import type { Section } from './described.ts';

const site = z.looseObject(siteShape.shape);
const extent = z.strictObject({
  hits: z.number().describe('Single views and events.'),
  logs: z.number(),
  days: z.number().describe('Days on which there is something.'),
  keptDays: z
    .number()
    .optional()
    .describe('Days of which only totals are kept: these stay, but for those of what was named. Missing: none.'),
});

const unknownName = z.strictObject({
  name: z.string(),
  count: z.number().describe('Beacons that named it, since it was first met.'),
  last: z.number().describe('When the last of them came, Unix seconds.'),
});

/** Adding sites and changing what is counted of them. */
export const sites: Section = {
  title: 'Sites',
  text: 'A site is named by its domain.',
  routes: [
    {
      method: 'get',
      path: '/sites',
      who: 'account',
      summary: 'Lists the sites that the caller may read',
      answer: z.strictObject({ sites: z.array(site.extend({ role: z.enum(ROLES) })) }),
      example: {},
    },
    {
      method: 'post',
      path: '/sites',
      who: 'owner everywhere',
      summary: 'Adds a site',
      body: newSite,
      status: 201,
      answer: site,
      example: { body: { domain: 'shop.example', name: 'Shop', timezone: 'Europe/Berlin' } },
    },
    {
      method: 'get',
      path: '/unknown-names',
      who: 'owner everywhere',
      summary: 'Lists the names by which beacons called a site that is none here',
      note: 'The 300 most frequent of the last week, in the memory of this collector; a restart begins anew.',
      answer: z.strictObject({
        names: z.array(unknownName),
        other: z.number().describe('Beacons since the start that named what is not listed.'),
      }),
      example: {},
    },
    {
      method: 'patch',
      path: '/sites/:domain',
      who: 'editor',
      summary: 'Changes what is counted of a site, and how long it is kept',
      note: 'What is not named stays as it is. Another time zone holds from the next local midnight; a former domain becomes an alias. Fewer `sumsDays` need an owner of the site. `dailyItems`, `dailyLogMegabytes`, `maxRevenue` and `refunds` bound what strangers can make up: beyond them items are left out as `quota` or `logs`, or their revenue is (`revenue`).',
      body: siteChange,
      answer: site,
      example: { body: { excludedPages: ['/admin/*'], collect: { languages: false } } },
    },
    {
      method: 'post',
      path: '/sites/:domain/check',
      who: 'editor',
      summary: 'Looks whether a page of the site carries its script tag',
      note: 'Only the site’s own hosts are asked, and only at public addresses.',
      body: checkRequest,
      answer: z.strictObject({
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
      }),
      example: { body: { path: '/' } },
    },
    {
      method: 'get',
      path: '/sites/:domain/purge',
      who: 'owner',
      summary: 'Counts what a purge would take',
      query: purgePart,
      answer: extent,
      example: { query: 'page=/secret' },
    },
    {
      method: 'post',
      path: '/sites/:domain/purge',
      who: 'owner',
      summary: 'Deletes a part of what is stored of a site, for good',
      note: 'Of days all is deleted, their numbers too. A page is forgotten by name, title and log lines; the visits to it stay counted. What is chosen by `event`, `source`, `hour`, or `dimension` and `value`, all of which must be true, is taken out of hits and numbers; a visit that has other hits stays.',
      body: purgeRequest,
      answer: extent,
      example: { body: { from: '2020-01-01', to: '2020-01-31', confirm: 'example.com' } },
    },
    {
      method: 'delete',
      path: '/sites/:domain',
      who: 'owner',
      summary: 'Deletes a site with all that was counted for it',
      body: confirmation,
      status: 204,
      example: { body: { confirm: 'example.com' } },
    },
  ],
};

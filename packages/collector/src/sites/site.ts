import { z } from 'zod';
import { rules } from './rules.ts';

/** True for a name of the IANA time zone database that this runtime knows. */
export const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
};

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'a domain such as example.com, without https:// and without a path',
  );

/** Days that something is kept; 0: not at all. */
const days = z.int().min(0).max(3650);

/** What an owner says of a site when adding it. */
export const newSite = z.strictObject({
  /** Domain, as in `data-site`. */
  domain,
  /** Name shown in the dashboard. Missing: the domain. */
  name: z.string().trim().min(1).max(100).optional(),
  /** IANA time zone of the site's days. */
  timezone: z.string().refine(isTimeZone, 'an IANA time zone such as Europe/Berlin').default('UTC'),
});

/** What an owner may change of a site later. */
export const siteChange = newSite.pick({ name: true }).extend({
  timezone: newSite.shape.timezone.unwrap().optional(),
  dnt: z.boolean().optional(),
  hitsDays: days.optional(),
  logsDays: days.optional(),
  ...z.object(rules).partial().shape,
});

/** A site, as stored. Read with {@link site} so that a document of an older version gets its defaults. */
export const site = z.object({
  /** Key in every table; stays when the domain changes. */
  id: z.string().min(1).max(32),
  domain,
  name: z.string(),
  timezone: z.string(),
  /** Honour Do Not Track. */
  dnt: z.boolean().default(true),
  /** Days that single hits are kept; 0: they are never stored, only their sums. */
  hitsDays: days.default(400),
  /** Days that log records are kept. */
  logsDays: days.default(90),
  hostnames: rules.hostnames.default([]),
  ignoredAddresses: rules.ignoredAddresses.default([]),
  blockedCountries: rules.blockedCountries.default([]),
  excludedPages: rules.excludedPages.default([]),
  blockedSources: rules.blockedSources.default([]),
  /** ISO time at which the site was added. */
  created: z.iso.datetime(),
});

/** A site. */
export type Site = z.infer<typeof site>;

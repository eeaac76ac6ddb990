import { z } from 'zod';
import { coded } from '../http/parse.ts';
import { hostOf } from '../lib/browser-host.ts';
import { rules } from './rules.ts';

/** True for a name of the IANA time zone database that this runtime knows. @example isTimeZone('Europe/Berlin') */
export const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
};

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LONGEST_DOMAIN = 253;

/** Taken in its own letters too, and kept as browsers write it. What is kept is read again as it is. */
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(LONGEST_DOMAIN)
  .transform((written, context) => {
    const host = DOMAIN.test(written) ? written : hostOf(written);
    if (host !== null && DOMAIN.test(host) && host.length <= LONGEST_DOMAIN) return host;
    context.addIssue({
      code: 'custom',
      message: 'a domain such as example.com, without https:// and without a path',
      params: coded('not_a_domain'),
    });
    return z.NEVER;
  });

/** Days that something is kept; 0: not at all. */
const days = z.int().min(0).max(3650);

/** Items that are taken of a day. */
const dailyItems = z.int().min(1).max(1_000_000_000);
/** Log lines and errors that are taken of a day, in units of 1,000,000 bytes; 0: none. */
const dailyLogMegabytes = z.int().min(0).max(1_000_000);
/** The most that one event may have brought in, in whatever currency. */
const maxRevenue = z.int().min(0).max(1_000_000_000);

const timezone = z.string().refine(isTimeZone, {
  error: 'an IANA time zone such as Europe/Berlin',
  params: coded('not_a_time_zone'),
});

const MOST_ALIASES = 50;
/** Other names by which tags call the site (`data-site`). Those with a dot are hosts of its own, too. */
const aliases = z.array(domain);

/** What of a visitor's device and place is kept; what is not is forgotten before anything else sees it. */
const collect = z.strictObject({
  /** How exactly the place is kept, as far as `GEO_DB` knows it. */
  places: z.enum(['country', 'region', 'city']),
  /** The class of the window's width. */
  screens: z.boolean(),
  /** The browser's first language. */
  languages: z.boolean(),
});

/**
 * What an owner says of a site when adding it, read from JSON. What is wrong is a Zod issue with the path of its field.
 * @example newSite.parse({ domain: 'Example.com' }) // { domain: 'example.com', timezone: 'UTC' }
 */
export const newSite = z.strictObject({
  /** Domain, as in `data-site`. */
  domain,
  /** Name shown in the dashboard. Missing: the domain. */
  name: z.string().trim().min(1).max(100).optional(),
  /** IANA time zone of the site's days. */
  timezone: timezone.default('UTC'),
});

/** What an owner may change of a site later. */
export const siteChange = newSite.pick({ name: true }).extend({
  /** The former one becomes an alias, so that tags go on working. */
  domain: domain.optional(),
  aliases: aliases.max(MOST_ALIASES).optional(),
  /** It holds from the next local midnight. */
  timezone: timezone.optional(),
  dnt: z.boolean().optional(),
  spamList: z.boolean().optional(),
  /** What is missing stays as it is. */
  collect: collect.partial().optional(),
  hitsDays: days.optional(),
  logsDays: days.optional(),
  sumsDays: days.optional(),
  dailyItems: dailyItems.optional(),
  dailyLogMegabytes: dailyLogMegabytes.optional(),
  maxRevenue: maxRevenue.optional(),
  refunds: z.boolean().optional(),
  ...z.object(rules).partial().shape,
});
/** What a site is to have in the place of what it has. */
export type SiteChange = z.output<typeof siteChange>;

/** A site, as stored. Read with {@link site} so that a document of an older version gets its defaults. */
export const site = z.object({
  /** Key in every table; stays when the domain changes. */
  id: z.string().min(1).max(32),
  domain,
  aliases: aliases.default([]),
  name: z.string(),
  /** Ask `siteZone` for the one that holds. */
  timezone: z.string(),
  /** One that holds from a time on, Unix seconds; null: none. */
  timezoneNext: z.object({ timezone: z.string(), from: z.int() }).nullable().default(null),
  /** Honour Do Not Track. */
  dnt: z.boolean().default(true),
  /** Leave out sources that are known for referrer spam. */
  spamList: z.boolean().default(true),
  collect: collect.default({ places: 'country', screens: true, languages: true }),
  /** Days that single hits are kept; 0: they are never stored, only their sums. */
  hitsDays: days.default(400),
  /** Days that log records are kept. */
  logsDays: days.default(90),
  /** Days that totals are kept, the one under way included; 0: for good. */
  sumsDays: days.default(0),
  /** Views, events and so on of one day, a large one counting as several; more are left out as `quota`. */
  dailyItems: dailyItems.default(10_000_000),
  /** Log lines and errors beyond it are left out as `logs`. */
  dailyLogMegabytes: dailyLogMegabytes.default(200),
  /** Of an event that says more the revenue is left out, as `revenue`. */
  maxRevenue: maxRevenue.default(1_000_000),
  /** Whether an event may take revenue back: a negative amount. */
  refunds: z.boolean().default(false),
  hostnames: rules.hostnames.default([]),
  ignoredAddresses: rules.ignoredAddresses.default([]),
  blockedCountries: rules.blockedCountries.default([]),
  excludedPages: rules.excludedPages.default([]),
  blockedSources: rules.blockedSources.default([]),
  ignoredReferrers: rules.ignoredReferrers.default([]),
  queryParameters: rules.queryParameters.default([]),
  mergedPages: rules.mergedPages.default([]),
  /** ISO time at which the site was added. */
  created: z.iso.datetime(),
});

/** A site. */
export type Site = z.infer<typeof site>;

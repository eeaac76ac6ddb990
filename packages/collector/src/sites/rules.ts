import { z } from 'zod';
import type { ErrorCode } from '../http/error-codes.ts';
import { coded } from '../http/parse.ts';
import { hostOf } from '../lib/browser-host.ts';
import { parseTrusted } from '../lib/ip-address.ts';
import { pathText } from '../lib/path-text.ts';

const MOST_ENTRIES = 200;

/** A list of entries, each of at most so many characters and written in one way; one that is there twice counts once. */
const list = (
  longest: number,
  code: ErrorCode,
  message: string,
  normalise: (entry: string) => string | null,
  most = MOST_ENTRIES,
) =>
  z
    .array(
      z
        .string()
        .trim()
        .min(1, message)
        .max(longest)
        .transform((entry, context) => {
          const normal = normalise(entry);
          if (normal !== null) return normal;
          context.addIssue({ code: 'custom', message, params: coded(code) });
          return z.NEVER;
        }),
    )
    .max(most)
    .transform((entries) => [...new Set(entries)]);

/** Begins a pattern that stands for all hosts below one. */
export const WILDCARD = '*.';

const hostPattern = (entry: string): string | null => {
  if (!entry.startsWith(WILDCARD)) return hostOf(entry);
  const host = hostOf(entry.slice(WILDCARD.length));
  return host === null ? null : WILDCARD + host;
};

const network = (entry: string): string | null => {
  try {
    if (/[\s,]/.test(entry)) return null;
    parseTrusted(entry);
    return entry.toLowerCase();
  } catch {
    // The schema has a sentence of its own.
    return null;
  }
};

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Codes that are used though they are none, such as `UK`, and old ones are replaced by the country's own. */
const country = (entry: string): string | null => {
  if (!/^[a-z]{2}$/i.test(entry)) return null;
  const code = new Intl.Locale(`und-${entry}`).region;
  return code !== undefined && countryNames.of(code) !== undefined ? code : null;
};

/** A path as browsers read it, in its own letters, and so as it is kept. */
const pagePattern = (entry: string): string | null => {
  if (!entry.startsWith('/') || entry.includes('?')) return null;
  const { pathname, hash } = new URL(`http://host${entry}`);
  return pathText(pathname + hash).replace(/\*{2,}/g, '*');
};

/** In what the addresses of one page may differ. */
export const DIFFERENCES = ['final_slash', 'double_slash', 'index_file', 'case'] as const;
export type Difference = (typeof DIFFERENCES)[number];

/** Each of them makes pages of its own: many would make as many pages as there are visitors. */
const MOST_PARAMETERS = 20;
const parameter = (entry: string): string | null => (/^[^\s=&#?]+$/.test(entry) ? entry.toWellFormed() : null);

/**
 * What an owner wants left out of a site's numbers, and what belongs to a page. All lists are empty by default: nothing
 * is left out but the query, and nothing is merged. docs/left-out.md tells the rules in words.
 */
export const rules = {
  /** Hosts whose pages count: `example.com`, or `*.example.com` for all below it. Empty: any. */
  hostnames: list(
    255,
    'not_a_host',
    'must be a host such as www.example.com, or *.example.com for all below it',
    hostPattern,
  ),
  /** Addresses and networks whose visits do not count. The only addresses ever kept: an owner wrote them down. */
  ignoredAddresses: list(
    64,
    'not_a_network',
    'must be an address or a network such as 203.0.113.7 or 2001:db8::/32',
    network,
  ),
  /** Countries whose visits do not count, ISO 3166-1 alpha-2; `ZZ`: it is not known. */
  blockedCountries: list(2, 'not_a_country', 'must be the two letters of a country, such as DE', country),
  /** Pages that do not count, by their path, with or without a slash at its end; `*` stands for any characters. */
  excludedPages: list(200, 'not_a_page', 'must be a path such as /admin/*, without a query', pagePattern),
  /** Hosts, each with all below it, from which visits do not count. */
  blockedSources: list(
    255,
    'not_a_domain',
    'must be a host such as spam.example, without https:// and without a path',
    hostOf,
  ),
  /** Hosts, each with all below it, that visitors come back from: a visit from there counts as if it named no referrer. */
  ignoredReferrers: list(
    255,
    'not_a_domain',
    'must be a host such as pay.example, without https:// and without a path',
    hostOf,
  ),
  /** Parameters of a page's address that belong to the page; all others are not kept. */
  queryParameters: list(
    64,
    'not_a_parameter',
    'must be the name of a parameter, such as q',
    parameter,
    MOST_PARAMETERS,
  ),
  /** In what addresses differ that are one page: it is counted under one of them. Empty: each is a page of its own. */
  mergedPages: z.array(z.enum(DIFFERENCES)).transform((given) => DIFFERENCES.filter((one) => given.includes(one))),
} as const;

import { isWithin } from '../lib/domain-lookup.ts';
import { glob } from '../lib/glob.ts';
import { parseTrusted } from '../lib/ip-address.ts';
import { unescapedPath } from '../lib/path-text.ts';
import { WILDCARD } from '../sites/rules.ts';
import type { Site } from '../sites/site.ts';
import { mergedPath } from './enrich/merged-path.ts';

/** The rules of a site, ready to be asked about every beacon. */
export interface Rules {
  /** @param address normalised */
  readonly ignoresAddress: (address: string) => boolean;
  /** @param hostname of a parsed address */
  readonly allowsHostname: (hostname: string) => boolean;
  /** @param path as it is kept */
  readonly excludesPage: (path: string) => boolean;
  /** @param country ISO 3166-1 alpha-2 */
  readonly blocksCountry: (country: string) => boolean;
  /** @param host in small letters, without `www.` */
  readonly blocksSource: (host: string) => boolean;
  /** @param host in small letters, without `www.` */
  readonly ignoresReferrer: (host: string) => boolean;
}

/** A site that was changed is another object, whose rules are read anew. */
const known = new WeakMap<Site, Rules>();

/** The rules of a site. They are read once, not for every beacon: networks take a while to parse. */
export const rulesOf = (site: Site): Rules => {
  const rules = known.get(site) ?? readRules(site);
  known.set(site, rules);
  return rules;
};

const readRules = (site: Site): Rules => {
  const patterns = site.excludedPages.flatMap((pattern) => [pattern, mergedPath(pattern, site.mergedPages)]);
  const pages = [...new Set(patterns)].map((pattern) => glob(unescapedPath(pattern)));
  const countries = new Set(site.blockedCountries);
  return {
    ignoresAddress: parseTrusted(site.ignoredAddresses.join(' ')),
    allowsHostname: hostnameRule(site.hostnames),
    excludesPage: (path) => withOtherEnd(unescapedPath(path)).some((one) => pages.some((matches) => matches(one))),
    blocksCountry: (country) => countries.has(country),
    blocksSource: sourceRule(site.blockedSources),
    ignoresReferrer: sourceRule(site.ignoredReferrers),
  };
};

/** What must not be recorded is not, whether or not somebody wrote the slash at its end. */
const withOtherEnd = (path: string): readonly string[] => [path, path.endsWith('/') ? path.slice(0, -1) : `${path}/`];

/** Hosts that a visit names come without `www.`, and an owner may have written them with it. */
const sourceRule = (entries: readonly string[]): Rules['blocksSource'] => {
  const hosts = new Set(entries);
  return (host) => isWithin(host, hosts) || hosts.has(`www.${host}`);
};

const hostnameRule = (allowed: readonly string[]): Rules['allowsHostname'] => {
  if (allowed.length === 0) return () => true;
  const hosts = new Set(allowed);
  const above = new Set(
    allowed.filter((entry) => entry.startsWith(WILDCARD)).map((entry) => entry.slice(WILDCARD.length)),
  );
  return (hostname) => {
    const dot = hostname.indexOf('.');
    return hosts.has(hostname) || (dot >= 0 && isWithin(hostname.slice(dot + 1), above));
  };
};

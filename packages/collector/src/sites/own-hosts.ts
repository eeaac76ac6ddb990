import { isWithin } from '../lib/domain-lookup.ts';
import { WILDCARD } from './rules.ts';
import type { Site } from './site.ts';

interface Own {
  /** These and all below them. */
  readonly domains: ReadonlySet<string>;
  /** A name without a dot is no domain: what ends with it is somebody else's. */
  readonly words: ReadonlySet<string>;
}

/** A site that was changed is another object. */
const known = new WeakMap<Site, Own>();

/** Whether a host is the site's own: one of its names, one below it, or one that it allows. */
export const isOwnHost = (site: Site, host: string): boolean => {
  const own = known.get(site) ?? ownOf(site);
  known.set(site, own);
  return own.words.has(host) || isWithin(host, own.domains);
};

const ownOf = ({ domain, aliases, hostnames }: Site): Own => {
  const allowed = hostnames.map((name) => (name.startsWith(WILDCARD) ? name.slice(WILDCARD.length) : name));
  const all = [domain, ...aliases, ...allowed];
  const hasDot = (name: string): boolean => name.includes('.');
  return { domains: new Set(all.filter(hasDot)), words: new Set(all.filter((name) => !hasDot(name))) };
};

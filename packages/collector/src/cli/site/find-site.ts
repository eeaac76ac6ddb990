import { hostIn, shownHost } from '../../sites/host-name.ts';
import type { Site } from '../../sites/site.ts';
import type { Operator } from '../control/client.ts';
import { notFound } from '../not-found.ts';

/** The site that somebody means, by its domain or another name of it. @throws StartError */
export const findSite = async (operator: Operator, typed: string): Promise<Site> => {
  const { sites } = await operator.ask<{ sites: Site[] }>('GET', '/api/sites');
  const host = hostIn(typed);
  const found =
    sites.find(({ domain }) => domain === host) ?? sites.find(({ aliases }) => aliases.some((name) => name === host));
  if (found !== undefined) return found;
  const known = sites.map(({ domain }) => shownHost(domain));
  throw notFound('DOMAIN', 'site', typed, known);
};

/** Where the API has a site. */
export const pathOf = ({ domain }: Site): string => `/api/sites/${encodeURIComponent(domain)}`;

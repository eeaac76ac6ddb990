import { hostIn, otherName } from '../host-name.ts';
import { isOwnHost } from '../own-hosts.ts';
import type { Site } from '../site.ts';
import { blockedBy } from './csp.ts';
import type { FetchedPage, FetchPage, NoPage } from './fetch-page.ts';
import { scriptTagsOf } from './find-tag.ts';

/**
 * What was found on a page. `found`: a tag that reports to this site here, or by the site's own address. `no_tag`: none is in the page as it is sent;
 * a script may add one later. `other_site`: there is one, for another site. `other_collector`: there is one, which reports
 * this site elsewhere. `redirected_away`: the page leads to a host that is none of the site's.
 */
export type Finding = 'found' | 'no_tag' | 'other_site' | 'other_collector' | 'not_html' | NoPage;

/** What the check of a page tells its owner. */
export interface Checked {
  readonly finding: Finding;
  /** Status of the page's answer; null: there was none. */
  readonly status: number | null;
  /** Address of the page, after redirects. */
  readonly url: string;
  /** The part of the page's Content-Security-Policy that keeps the script from working; null: none. */
  readonly csp: string | null;
}

/** Where this collector's scripts are, as the owner's browser sees them. */
export type ScriptPlaces = readonly [URL, ...URL[]];

/** Looks at a page of a site as it is sent, first by https and then by http. */
export const checkPage = async (
  fetchPage: FetchPage,
  site: Site,
  path: string,
  places: ScriptPlaces,
): Promise<Checked> => {
  let url = `https://${site.domain}${path}`;
  let fetched: FetchedPage | NoPage = 'unreachable';
  for (const scheme of ['https', 'http']) {
    url = `${scheme}://${site.domain}${path}`;
    fetched = URL.canParse(url)
      ? await fetchPage(new URL(url), (hostname) => isOwnHost(site, hostname))
      : 'unreachable';
    if (fetched !== 'unreachable') break;
  }
  if (typeof fetched === 'string') return { finding: fetched, status: null, url, csp: null };
  const { status, csp } = fetched;
  const finding = findingOf(fetched, site, places);
  const firstParty = NOT_HERE.has(finding) ? await ownScript(fetchPage, fetched, site) : null;
  return {
    finding: firstParty === null ? finding : 'found',
    status,
    url: fetched.url.href,
    csp: csp === null ? null : blockedBy(csp, fetched.url, firstParty ?? places[0]),
  };
};

const NOT_HERE: ReadonlySet<Finding> = new Set(['no_tag', 'other_collector']);

/** How our scripts begin, wherever they are sent from. */
const BANNER = '/*! passerby ';

/**
 * Our script under an address of the site itself, from which a proxy leads here (docs/first-party.md): the first tag that
 * may be one is asked. Whose collector is behind it nobody can see; null: there is none.
 */
const ownScript = async (fetchPage: FetchPage, page: FetchedPage, site: Site): Promise<URL | null> => {
  const isOwn = (hostname: string): boolean => isOwnHost(site, hostname);
  const tag = scriptTagsOf(page.html, page.url).find(
    ({ src, sites }) =>
      src !== null &&
      isOwn(src.hostname) &&
      (sites.some((name) => means(site, name)) || (sites.length === 0 && SCRIPT_PATH.test(src.pathname))),
  );
  if (!tag?.src) return null;
  const script = await fetchPage(tag.src, isOwn);
  return typeof script === 'object' && script.html.startsWith(BANNER) ? tag.src : null;
};

/** What the script is called where its tag names no site. */
const SCRIPT_PATH = /\/p\.(?:full\.)?js$/;

const findingOf = (page: FetchedPage, site: Site, places: ScriptPlaces): Finding => {
  if (!/^(?:text\/html|application\/xhtml\+xml)\b/i.test(page.type)) return 'not_html';
  const tags = scriptTagsOf(page.html, page.url);
  const isOurs = ({ src }: { src: URL | null }): boolean =>
    src !== null && places.some((place) => place.host === src.host && place.pathname === src.pathname);
  const namesSite = ({ sites }: { sites: readonly string[] }): boolean =>
    (sites.length === 0 ? [page.url.hostname] : sites).some((name) => means(site, name));
  const ours = tags.filter(isOurs);
  if (ours.some(namesSite)) return 'found';
  if (ours.length > 0) return 'other_site';
  return tags.some((tag) => tag.src !== null && tag.sites.some((name) => means(site, name)))
    ? 'other_collector'
    : 'no_tag';
};

/** Whether a tag's name is one of the site's own, however it is written. */
const means = ({ domain, aliases }: Site, name: string): boolean => {
  const host = hostIn(name);
  const own = [domain, ...aliases];
  return host !== null && (own.includes(host) || own.includes(otherName(host)));
};

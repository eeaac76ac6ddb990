import { cleanLine } from '../../lib/clean-text.ts';
import { cut } from '../../lib/truncate.ts';
import { scrubHost, scrubPath } from '../../privacy/scrub/path.ts';
import { scrubText } from '../../privacy/scrub/text.ts';
import type { Site } from '../../sites/site.ts';
import { LONGEST } from '../../store/text-limits.ts';
import type { Origin } from '../beacon.ts';
import { channelOf } from './channel.ts';
import { type Source, sourceOfHost, sourceOfTag, withoutWww } from './source.ts';
import { CLICK_IDS } from './sources.ts';

/** What a visit's first hit says of where it came from. */
export interface Arrival {
  /** The page's address as sent. */
  readonly url: URL;
  /** The referrer as sent; null: none. */
  readonly referrer: URL | null;
  readonly site: Pick<Site, 'domain' | 'aliases'>;
}

/** Parameters that name a source where `utm_source` does not. */
const SOURCE_PARAMETERS = ['source', 'ref'];
const NAMING_PARAMETERS = ['utm_source', ...SOURCE_PARAMETERS];

/** Stands for the source of a link that is tagged, but not with where it stands. */
const UNNAMED = 'Unknown';

/** Values by which links say that they have no source. */
const NO_SOURCE = /^\(?direct\)?$/i;

const DIRECT: Origin = {
  source: 'Direct',
  channel: 'Direct',
  referrer: '',
  utm_source: '',
  utm_medium: '',
  utm_campaign: '',
  utm_content: '',
  utm_term: '',
};

/**
 * Where a visit came from: by what the owner wrote into the link, else by the referrer, else by what an advertising
 * system wrote into the link. The rules are told in docs/sources.md. Everything is scrubbed; click ids are not kept.
 */
export const trafficOrigin = (arrival: Arrival): Origin => {
  const { url } = arrival;
  const from = foreign(arrival);
  if (from === null && url.search === '') return DIRECT;
  const query = url.searchParams;
  const tags = readTags(query);
  const click = CLICK_IDS.find(({ parameter }) => query.has(parameter));
  const tagged =
    !NO_SOURCE.test(tags.utm_source) && [tags.utm_source, tags.utm_medium, tags.utm_campaign].some(Boolean);
  const source = writtenSource(tags.utm_source, query) ?? foundSource(from, click);
  return {
    source: source?.name ?? (tagged ? UNNAMED : DIRECT.source),
    channel: channelOf({
      kind: source?.kind ?? null,
      medium: tags.utm_medium,
      campaign: tags.utm_campaign,
      paidClick: click?.paid === true,
      tagged,
    }),
    referrer: from === null ? '' : referrerText(from),
    utm_source: tags.utm_source,
    utm_medium: tags.utm_medium,
    utm_campaign: tags.utm_campaign,
    utm_content: tags.utm_content,
    utm_term: tags.utm_term,
  };
};

/**
 * Hosts that a visit says it came from: that of its referrer, and what its link names as its source. As they were sent:
 * to be compared, not to be kept.
 */
export const claimedHosts = (arrival: Arrival): readonly string[] => {
  const { url } = arrival;
  const from = foreign(arrival);
  const hosts = from === null ? [] : [from.hostname];
  if (url.search !== '') hosts.push(...NAMING_PARAMETERS.map((name) => url.searchParams.get(name)?.trim() ?? ''));
  return hosts.map((host) => host.toLowerCase());
};

/** The referrer, if it is another site's. */
const foreign = ({ url, referrer, site }: Arrival): URL | null =>
  referrer === null || isOwn(referrer, url, site) ? null : referrer;

/** A link from the site to itself tells nothing of where the visit came from; nor does what is no address of a page. */
const isOwn = (referrer: URL, url: URL, { domain, aliases }: Arrival['site']): boolean => {
  if (!REFERRING.has(referrer.protocol)) return true;
  const host = withoutWww(referrer.hostname);
  return (
    isSameOrBelow(host, url.hostname) || isSameOrBelow(host, domain) || aliases.some((own) => isSameOrBelow(host, own))
  );
};

/** A name without a dot is no domain, but may be a top one: a site called `shop` owns no `.shop`. */
const isSameOrBelow = (host: string, name: string): boolean => {
  const own = withoutWww(name);
  return host === own || (own.includes('.') && host.endsWith(`.${own}`));
};

const REFERRING: ReadonlySet<string> = new Set(['https:', 'http:', 'android-app:']);

type Tags = Pick<Origin, 'utm_source' | 'utm_medium' | 'utm_campaign' | 'utm_content' | 'utm_term'>;

const readTags = (query: URLSearchParams): Tags => ({
  utm_source: tag(query, 'utm_source'),
  utm_medium: tag(query, 'utm_medium'),
  utm_campaign: tag(query, 'utm_campaign'),
  utm_content: tag(query, 'utm_content'),
  utm_term: tag(query, 'utm_term'),
});

const tag = (query: URLSearchParams, name: string): string =>
  cut(scrubText(cleanLine(query.get(name)?.trim() ?? '')), LONGEST.tag);

/** A source, of a kind if it is known of what kind it is. */
interface Found {
  readonly name: string;
  readonly kind: Source['kind'] | null;
}

/** What the link itself names; undefined: nothing. */
const writtenSource = (utmSource: string, query: URLSearchParams): Found | undefined => {
  if (NO_SOURCE.test(utmSource)) return { name: DIRECT.source, kind: null };
  if (utmSource !== '') return sourceOfTag(utmSource) ?? { name: withoutWww(utmSource), kind: null };
  const mention = SOURCE_PARAMETERS.map((name) => tag(query, name)).find((value) => value !== '');
  return mention === undefined ? undefined : (sourceOfTag(mention) ?? { name: withoutWww(mention), kind: 'site' });
};

/**
 * What the referrer or a click id tells. An advertisement on someone's page names its network, not the page; a click
 * id that is on all links is heard only where there is no referrer.
 */
const foundSource = (from: URL | null, click: (typeof CLICK_IDS)[number] | undefined): Found | undefined => {
  const host = from === null ? '' : withoutWww(from.hostname);
  const known = sourceOfHost(host);
  if (known !== undefined) return known;
  if (click !== undefined && (click.paid || from === null)) return sourceOfTag(click.source);
  return from === null ? undefined : { name: scrubHost(host), kind: 'site' };
};

const referrerText = (from: URL): string => {
  const path = scrubPath(from.pathname);
  return cut(`${scrubHost(withoutWww(from.hostname))}${path === '/' ? '' : path}`, LONGEST.referrer);
};

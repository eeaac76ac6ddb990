import { browserHost } from '../../lib/browser-host.ts';
import { cleanLine } from '../../lib/clean-text.ts';
import { isLoopback } from '../../lib/loopback.ts';
import { cut } from '../../lib/truncate.ts';
import { scrubHost, scrubPath } from '../../privacy/scrub/path.ts';
import { scrubText } from '../../privacy/scrub/text.ts';
import type { Site } from '../../sites/site.ts';
import { LONGEST } from '../../store/text-limits.ts';
import type { Origin } from '../beacon.ts';
import { channelOf } from './channel.ts';
import { type Click, clickIn } from './click.ts';
import { type LinkTags, readLinkTags, SOURCE_PARAMETERS } from './link-tags.ts';
import { isNoOrigin } from './no-origin.ts';
import { hostOfTag, nameOfTag, type Source, sourceOfApp, sourceOfHost, sourceOfTag, withoutWww } from './source.ts';
import type { SourceKind } from './sources.ts';

/** What a visit's first hit says of where it came from. */
export interface Arrival {
  /** The page's address as sent. */
  readonly url: URL;
  /** The referrer as sent; null: none. */
  readonly referrer: URL | null;
  readonly site: Pick<Site, 'domain' | 'aliases'>;
  /** Whether the site says of a host that its visitors only come back from there. Missing: of none. */
  readonly ignoresReferrer?: (host: string) => boolean;
}

const NAMING_PARAMETERS = ['utm_source', ...SOURCE_PARAMETERS];
/** Parameters each of which says that someone tagged a link. */
const CAMPAIGN_PARAMETERS = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_id'];

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
  const from = origin(arrival);
  if (from === null && url.search === '') return DIRECT;
  const query = readLinkTags(url.searchParams);
  const tags = readTags(query);
  const known = from === null ? undefined : sourceOfReferrer(from);
  const click = clickIn(query, known);
  const written = writtenSource(tags.utm_source, query);
  const source = written ?? foundSource(from, known, click);
  // Who is paid by the sale may stand anywhere.
  const affiliate = written === undefined && click?.network.kind === 'affiliate';
  const tagged = !NO_SOURCE.test(tags.utm_source) && CAMPAIGN_PARAMETERS.some((name) => query.has(name));
  return {
    source: browserHost(source?.name ?? '') || (tagged ? UNNAMED : DIRECT.source),
    channel: channelOf({
      kind: affiliate ? 'affiliate' : (source?.kind ?? null),
      written: tags.utm_source,
      medium: tags.utm_medium,
      campaign: tags.utm_campaign,
      paid: source?.paid === true || click?.paid === true,
      confirmed: known !== undefined && known.kind !== 'email' && known.name === written?.name,
      tagged,
    }),
    referrer: from === null ? '' : referrerText(from),
    ...tags,
  };
};

/**
 * Hosts that a visit says it came from: that of its referrer, and what its link names as its source. As browsers write
 * them, without `www.`, and not scrubbed: to be compared, not to be kept.
 */
export const claimedHosts = (arrival: Arrival): readonly string[] => {
  const from = foreign(arrival);
  const hosts = from === null ? [] : [from.host];
  if (arrival.url.search === '') return hosts;
  const query = readLinkTags(arrival.url.searchParams);
  return hosts.concat(NAMING_PARAMETERS.map((name) => browserHost(hostOfTag(query.get(name) ?? ''))));
};

/** A referrer that is another site's. */
interface Referrer {
  readonly url: URL;
  /** As owners know it. */
  readonly host: string;
}

/** A link from the site to itself tells nothing of where the visit came from; nor does what is no address of a page. */
const foreign = ({ url, referrer, site }: Arrival): Referrer | null => {
  if (referrer === null || !REFERRING.has(referrer.protocol)) return null;
  const host = hostIn(referrer);
  const own = (name: string): boolean => isSameOrBelow(host, name);
  return own(url.hostname) || own(site.domain) || site.aliases.some(own) ? null : { url: referrer, host };
};

/** The same, if people come from there, and do not only come back. */
const origin = (arrival: Arrival): Referrer | null => {
  const from = foreign(arrival);
  if (from === null) return null;
  const { host } = from;
  return isLoopback(host) || host === '[::1]' || isNoOrigin(host) || arrival.ignoresReferrer?.(host) ? null : from;
};

/** Of apps it may have capital letters, and of any address a dot at its end. */
const hostIn = ({ hostname }: URL): string => {
  const host = withoutWww(hostname.toLowerCase());
  return host.endsWith('.') ? host.slice(0, -1) : host;
};

/** A name without a dot is no domain, but may be a top one: a site called `shop` owns no `.shop`. */
const isSameOrBelow = (host: string, name: string): boolean => {
  const own = withoutWww(name);
  return host === own || (own.includes('.') && host.endsWith(`.${own}`));
};

const APP = 'android-app:';
const REFERRING: ReadonlySet<string> = new Set(['https:', 'http:', APP]);

/** What the referrer's host is known for. */
const sourceOfReferrer = ({ url, host }: Referrer): Source | undefined =>
  url.protocol === APP ? sourceOfApp(host) : sourceOfHost(host);

type Tags = Pick<Origin, 'utm_source' | 'utm_medium' | 'utm_campaign' | 'utm_content' | 'utm_term'>;

const readTags = (query: LinkTags): Tags => ({
  utm_source: tag(query, 'utm_source'),
  utm_medium: tag(query, 'utm_medium'),
  utm_campaign: tag(query, 'utm_campaign'),
  utm_content: tag(query, 'utm_content'),
  utm_term: tag(query, 'utm_term'),
});

const tag = (query: LinkTags, name: string): string => {
  const value = query.get(name);
  return value === undefined ? '' : cut(scrubText(cleanLine(value)), LONGEST.tag);
};

/** A source, of a kind if it is known of what kind it is. */
interface Found {
  readonly name: string;
  readonly kind: SourceKind | null;
  readonly paid?: boolean;
}

/** What the link itself names; undefined: nothing. */
const writtenSource = (utmSource: string, query: LinkTags): Found | undefined => {
  if (NO_SOURCE.test(utmSource)) return { name: DIRECT.source, kind: null };
  if (utmSource !== '') return sourceOfTag(utmSource) ?? { name: nameOfTag(utmSource), kind: null };
  const mention = SOURCE_PARAMETERS.map((name) => tag(query, name)).find((value) => value !== '');
  return mention === undefined ? undefined : (sourceOfTag(mention) ?? { name: nameOfTag(mention), kind: 'site' });
};

/**
 * What the referrer or a click id tells. An advertisement on someone's page names its network, not the page; a click
 * id that is on all links is heard only where there is no referrer.
 */
const foundSource = (from: Referrer | null, known: Source | undefined, click: Click | undefined): Found | undefined => {
  if (known !== undefined && click?.network.kind !== 'ads')
    return known.name === from?.host ? { ...known, name: scrubHost(from.host) } : known;
  if (click !== undefined && (click.paid || from === null)) return click.network;
  return from === null ? undefined : { name: scrubHost(from.host), kind: 'site' };
};

const referrerText = ({ url, host }: Referrer): string => {
  const path = scrubPath(url.pathname);
  return cut(`${scrubHost(host)}${path === '/' ? '' : path}`, LONGEST.referrer);
};

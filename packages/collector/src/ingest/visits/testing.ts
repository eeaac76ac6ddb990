/** Beacons by hand, as `anonymise` would make them, for tests of visits. */
import { VisitorKeys } from '../../privacy/keys.ts';
import { type Site, site } from '../../sites/site.ts';
import type { Row } from '../../store/row.ts';
import type { AnonymousBeacon, Client, Hit, Origin, Properties, VisitedBeacon } from '../beacon.ts';
import { createVisit } from './visit.ts';
import { VisitMemory } from './visit-memory.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const SITE = site.parse({
  id: 'site1',
  domain: 'example.com',
  name: 'Example',
  timezone: 'Europe/Berlin',
  created: '2026-01-01T00:00:00.000Z',
});

const CLIENT: Client = {
  browser: 'Firefox',
  browser_version: 'Firefox 140',
  os: 'macOS',
  os_version: 'macOS 15',
  device: 'Desktop',
  language: 'de',
  country: 'DE',
  region: '',
  city: '',
};

const ORIGIN: Origin = {
  source: 'Direct',
  channel: 'Direct',
  referrer: '',
  utm_source: '',
  utm_medium: '',
  utm_campaign: '',
  utm_content: '',
  utm_term: '',
};

/** Unix milliseconds of an ISO time in UTC. */
export const t = (iso: string): number => Date.parse(`${iso}Z`);

export const view = (at: number): Hit => ({ kind: 'view', at });
export const event = (at: number, name = 'signup'): Hit & { kind: 'event' } => ({ kind: 'event', at, name, props: {} });
export const engage = (at: number): Hit => ({
  kind: 'engagement',
  at,
  ms: 5000,
  scroll: 40,
  viewMs: 5000,
  viewScroll: 40,
});

/** A view of one page by somebody. */
export const anonymous = (at: number): AnonymousBeacon => ({
  at,
  site: SITE,
  batch: null,
  release: '',
  screen: 'l',
  props: {},
  via: '',
  left: {},
  browserKey: new VisitorKeys(0).browserKey(SITE.id, '192.0.2.1', 'ann', at),
  page: { hostname: 'example.com', path: '/', title: 'Title' },
  origin: ORIGIN,
  client: CLIENT,
  items: [view(at)],
});

/** What one browser sends. */
export interface Sent {
  /** Address and agent. */
  readonly from?: string;
  readonly who?: string;
  readonly page?: string;
  readonly source?: string;
  readonly client?: Partial<Client>;
  readonly props?: Properties;
  readonly items: readonly Hit[];
}

/** A collector's memory of visits. */
export interface Visits {
  readonly memory: VisitMemory;
  /** Sends a beacon that arrives at a time, Unix milliseconds. */
  readonly send: (at: number, sent: Sent) => readonly Row[];
  /** The same, and how to undo it. */
  readonly sendUndoably: (at: number, sent: Sent) => VisitedBeacon;
}

/**
 * @param most what the memory holds, in ordinary browsers
 * @param change what is else of the site
 */
export const startVisits = (most = 100, change: Partial<Site> = {}): Visits => {
  let sender = '';
  const keys = new VisitorKeys(0);
  const memory = new VisitMemory(most);
  const visit = createVisit({ memory, random: () => numberOf(sender) });
  const sendUndoably: Visits['sendUndoably'] = (at, sent) => {
    const { from = '192.0.2.1', who = 'ann', page = '/', source = 'Direct', items } = sent;
    sender = `${from} ${who}`;
    const beacon: AnonymousBeacon = {
      ...anonymous(at),
      site: { ...SITE, ...change },
      props: sent.props ?? {},
      browserKey: keys.browserKey(SITE.id, from, who, at),
      page: { hostname: 'example.com', path: page, title: 'Title' },
      origin: { ...ORIGIN, source },
      client: { ...CLIENT, ...sent.client },
      items,
    };
    return visit(beacon);
  };
  return { memory, sendUndoably, send: (at, sent) => sendUndoably(at, sent).rows };
};

/** A visit's random part is its sender's number, so that the same beacons make the same rows. */
const numberOf = (text: string): number =>
  [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 0x3fffff, 7);

import type { WidthClass } from '@passerby/sdk/wire';
import { FieldError } from '../http/field-error.ts';
import type { Site } from '../sites/site.ts';
import { LONGEST } from '../store/text-limits.ts';
import type { Hit, ReceivedBeacon, ValidBeacon } from './beacon.ts';
import { alsoLeft, alsoMended, type Left, NOTHING_LEFT } from './drop.ts';
import {
  eventName,
  level,
  message,
  number,
  object,
  oneOf,
  optionalNumber,
  properties,
  required,
  revenue,
  text,
  type Unknowns,
} from './fields.ts';

/** Items older than this are dropped as `late`: batch ids are remembered for as long, so a retry is never counted twice. */
export const MAX_AGE_MS = 10 * 60_000;
const MAX_ITEMS = 100;
const MAX_URL = 4096;
const MAX_VISIBLE_MS = 24 * 60 * 60_000;

const WIDTHS: readonly WidthClass[] = ['s', 'm', 'l', 'xl'];

/** The beacon names a site that nobody has added. */
export class UnknownSiteError extends FieldError {
  /** What it named. */
  readonly named: string;

  constructor(named: string) {
    super('s', `no site ${JSON.stringify(named.slice(0, 80))} is registered here`);
    this.named = named;
  }
}

/** Finds the site that a name means; undefined: there is none. Throws an `UnreadError` where that cannot be known. */
export type FindSite = (domain: string) => Site | undefined;

/**
 * Reads a beacon of any version of `wire.ts`. An item that cannot be read is left out, and the others count; a field that
 * may be missing and cannot be read is missing.
 * @throws FieldError naming the field that is wrong and what it may be, where nothing can be counted
 * @throws UnknownSiteError
 * @throws UnreadError
 */
export const createValidate =
  (findSite: FindSite) =>
  (received: ReceivedBeacon): ValidBeacon => {
    const beacon = parse(received.body);
    const site = siteOf(beacon, findSite);
    const via = received.via ?? '';
    const opened = via === 'image' ? opening(beacon, received.at) : null;
    const url = opened === null ? pageUrl(beacon.u) : new URL(`http://${site.domain}/`);
    if (beacon.v != null && beacon.v !== 1 && beacon.v !== '1')
      throw new FieldError('v', 'this collector understands version 1');
    const { items, left } =
      opened === null ? readItems(beacon.i, received.at) : { items: [opened], left: NOTHING_LEFT };
    return {
      at: received.at,
      sender: received.sender,
      site,
      batch: batchId(beacon.b),
      url,
      referrer: referrerUrl(beacon.r),
      title: text(beacon.t, LONGEST.title),
      release: text(beacon.rel, LONGEST.release),
      screen: oneOf(beacon.w, WIDTHS) ?? '',
      props: properties(beacon.p),
      via,
      items,
      left,
    };
  };

/** Site of a body that may be of no use otherwise, so that its owner is told of what was not understood. */
export const siteOfBody = (body: string, findSite: FindSite): Site | undefined => {
  try {
    return siteOf(parse(body), findSite);
  } catch {
    // Not understood well enough to know whom to tell.
    return undefined;
  }
};

const parse = (body: string): Unknowns => {
  let beacon: unknown;
  try {
    beacon = JSON.parse(body);
  } catch {
    throw new FieldError('body', 'is not JSON');
  }
  return object(beacon, 'body');
};

const siteOf = (beacon: Unknowns, findSite: FindSite): Site => {
  const domain = required(beacon.s, 's', 253);
  const site = findSite(domain.toLowerCase());
  if (site === undefined) throw new UnknownSiteError(domain);
  return site;
};

/** The name of the e-mail that an image was in, which no page can send; null: it was in a page. */
const opening = ({ i }: Unknowns, at: number): Hit | null => {
  const item = object(arrayOf(i)[0], 'i[0]');
  if (item.k !== 'open') return null;
  if (item.n === '') throw new FieldError('o', 'must be the name of an e-mail');
  return { kind: 'open', at, name: eventName(item.n, 'o') };
};

interface Items {
  readonly items: readonly Hit[];
  readonly left: Left;
}

const readItems = (value: unknown, receivedAt: number): Items => {
  const items: Hit[] = [];
  let left = NOTHING_LEFT;
  let wrong: unknown;
  for (const [index, item] of arrayOf(value).entries()) {
    try {
      const hit = readItem(item, `i[${index}]`, receivedAt);
      if (receivedAt - hit.at > MAX_AGE_MS) left = alsoLeft(left, 'late');
      else items.push(hit);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      wrong ??= error;
      left = alsoLeft(left, 'invalid');
    }
  }
  // Nothing was understood: whoever wrote it should know at once.
  if (items.length === 0 && left.late === undefined) throw wrong;
  return { items, left };
};

const readItem = (value: unknown, field: string, receivedAt: number): Hit => {
  const item = object(value, field);
  const at = receivedAt - Math.round(number(item.a ?? 0, `${field}.a`, Number.MAX_SAFE_INTEGER));
  switch (item.k) {
    case 'view':
      return { kind: 'view', at };
    case 'event': {
      const name = eventName(item.n, `${field}.n`);
      const { value: worth, mended } = revenue(item.$);
      const hit: Hit = {
        kind: 'event',
        at,
        name,
        props: properties(item.p),
        ...(worth && { revenue: worth }),
        ...(item.ni === 1 && { interactive: false }),
      };
      return mended === undefined ? hit : alsoMended(hit, mended);
    }
    case 'engage':
      return engagement(item, field, at);
    case 'log': {
      const { value: severity, mended } = level(item.l);
      const hit: Hit = { kind: 'log', at, severity, message: message(item.m, `${field}.m`), props: properties(item.p) };
      return mended === undefined ? hit : alsoMended(hit, mended);
    }
    case 'error': {
      const stack = text(item.st, LONGEST.stack);
      // Of what is no error the script has nothing more to say.
      return { kind: 'error', at, message: message(item.m, `${field}.m`), stack: stack === item.m ? '' : stack };
    }
    default:
      throw new FieldError(`${field}.k`, 'must be one of view, event, engage, log, error');
  }
};

const engagement = (item: Unknowns, field: string, at: number): Hit => {
  const ms = visibleMs(number(item.ms, `${field}.ms`, Number.MAX_SAFE_INTEGER));
  const scroll = Math.round(number(item.sc ?? 0, `${field}.sc`, 100));
  // A view was seen for as long and as far as one report of it says, or more.
  const viewMs = Math.max(ms, visibleMs(optionalNumber(item.vm, Number.MAX_SAFE_INTEGER) ?? 0));
  const viewScroll = Math.max(scroll, Math.round(optionalNumber(item.vs, 100) ?? 0));
  return { kind: 'engagement', at, ms, scroll, viewMs, viewScroll };
};

const visibleMs = (ms: number): number => Math.min(Math.round(ms), MAX_VISIBLE_MS);

const arrayOf = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value) || value.length < 1 || value.length > MAX_ITEMS)
    throw new FieldError('i', `must be a list of 1 to ${MAX_ITEMS} items`);
  return value;
};

/** A beacon with an id of another shape is taken, and not recognised when it comes again. */
const batchId = (value: unknown): string | null =>
  typeof value === 'string' && /^[\w-]{8,64}$/.test(value) ? value : null;

const pageUrl = (value: unknown): URL => {
  const address = required(value, 'u', MAX_URL);
  const url = parsedUrl(withoutHalf(address));
  if (url === null) throw new FieldError('u', 'must be an absolute address');
  if (url.protocol === 'file:') return fileUrl(url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new FieldError('u', 'must be an http or https address');
  return url;
};

/** A page opened from disk, which a tag with `data-local` reports: of its folders, which name people, nothing is taken. */
const fileUrl = ({ pathname }: URL): URL => new URL(pathname.slice(pathname.lastIndexOf('/')), 'http://localhost');

/** A referrer is the browser's word, not the page's: one that cannot be read is no reason to refuse the visit. */
const referrerUrl = (value: unknown): URL | null =>
  typeof value === 'string' && value !== '' ? parsedUrl(withoutHalf(value.slice(0, MAX_URL))) : null;

/** The longest e-mail address (RFC 5321, 4.5.3.1.3). */
const LONGEST_HALF = 256;

/**
 * The SDK cuts an address to the longest that is taken. What such a one ends with may be half of what must not be kept,
 * which has no shape that anyone would know: its last step or parameter goes.
 */
const withoutHalf = (address: string): string => {
  if (address.length < MAX_URL) return address;
  const begin = address.slice(0, MAX_URL - LONGEST_HALF);
  return begin + address.slice(begin.length).replace(/[^/?&#]*$/, '');
};

/** Parses once: to ask `URL.canParse` first took as long again. */
const parsedUrl = (address: string): URL | null => {
  try {
    return new URL(address);
  } catch {
    // What is no address is no failure: the caller says what follows.
    return null;
  }
};

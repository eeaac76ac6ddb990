/**
 * Why something that reached the collector is not counted. The list is closed: each reason is counted, named in the
 * `passerby` header of the answer, and shown to the site's owner. The unit is the item; of a beacon that was refused as a
 * whole (`invalid` answered 400, `flood`) it is the beacon. A body that was too long, or no text, names no site: those are
 * counted in the collector's own metrics.
 */
const NOT_COUNTED = [
  /** The agent is a known robot, or no browser at all. */
  'bot',
  /** The browser fetched the page ahead of time; nobody has seen it. */
  'prefetch',
  /** The browser asks by Global Privacy Control not to be counted. */
  'gpc',
  /** The browser asks by Do Not Track not to be counted, and the site honours it. */
  'dnt',
  /** The owner ignores the address it came from. */
  'ignored',
  /** The page's host is none of those the owner allows. */
  'hostname',
  /** The owner excludes the page. */
  'page',
  /** The owner blocks the country it came from. */
  'country',
  /** The owner blocks the source it names. */
  'source',
  /** The source it names is a known referrer spammer. */
  'spam',
  /** The error is of an extension, or of a script that an app put into the page. */
  'injected',
  /** The beacon's batch id was stored already: a retry whose first try had arrived. */
  'duplicate',
  /** The item is older than ten minutes. */
  'late',
  /** The item was not understood. Of a beacon in which nothing was, the answer was 400 and named the field. */
  'invalid',
  /** The item is past what one beacon may become. */
  'size',
  /** The site's hits of the day are used up. */
  'quota',
  /** The site's log bytes of the day are used up. */
  'logs',
  /** Too many new browsers came from one address. */
  'browsers',
  /** The client sent more than one client may; the answer was 429. */
  'flood',
  /** The collector had no room; the answer was 503 and the client tries again. */
  'overload',
] as const;

/** The item is counted, but something of it was left out or changed. The unit is the item. */
const MENDED = [
  /** Its level is none that is known: it was read as `info`. */
  'level',
  /** Its revenue could not be read, or is outside the site's bounds: it was left out. */
  'revenue',
  /** One of its values was folded into `(other)`. */
  'other',
] as const;

/** All that the owner is told of: what is not counted, and what is counted otherwise than it was sent. */
export const DROP_REASONS = [...NOT_COUNTED, ...MENDED] as const;

/** A reason of {@link DROP_REASONS}. */
export type DropReason = (typeof DROP_REASONS)[number];

/** What may be otherwise about an item that is counted. */
export type MendReason = (typeof MENDED)[number];

/** What a stage returns of a beacon that goes no further. */
export interface Drop {
  readonly drop: DropReason;
}

/** Says that a beacon goes no further, and why. */
export const drop = (reason: DropReason): Drop => ({ drop: reason });

/** Tells a drop from what a stage passes on. */
export const isDrop = (outcome: object): outcome is Drop => 'drop' in outcome;

/** Items by what became of them, other than being counted as they were sent. An item may be mended in several ways. */
export type Left = Readonly<Partial<Record<DropReason, number>>>;

/** Every item is counted as it was sent. */
export const NOTHING_LEFT: Left = {};

/** An item, mended in one more way. */
export const alsoMended = <T extends { readonly mended?: readonly MendReason[] }>(item: T, reason: MendReason): T => ({
  ...item,
  mended: [...(item.mended ?? []), reason],
});

/** What became of items so far, and of `count` more. */
export const alsoLeft = (left: Left, reason: DropReason, count = 1): Left =>
  count === 0 ? left : { ...left, [reason]: (left[reason] ?? 0) + count };

/** How many items that is. */
export const itemsOf = (left: Left): number => Object.values(left).reduce((sum, count) => sum + count, 0);

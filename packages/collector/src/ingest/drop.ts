/**
 * Why something that reached the collector is not counted. The list is closed: each reason is counted, named in the
 * `passerby` header of the answer, and shown to the site's owner. The unit is the item; of a beacon that was refused
 * unread (`invalid`, `flood`) it is the beacon. A body that was too long, or no text, names no site: those are counted
 * in the collector's own metrics.
 */
export const DROP_REASONS = [
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
  /** The beacon's batch id was stored already: a retry whose first try had arrived. */
  'duplicate',
  /** The item is older than ten minutes. */
  'late',
  /** The beacon was not understood; the answer was 400 and named the field. */
  'invalid',
  /** The client sent more than one client may; the answer was 429. */
  'flood',
  /** The collector had no room; the answer was 503 and the client tries again. */
  'overload',
] as const;

/** A reason of {@link DROP_REASONS}. */
export type DropReason = (typeof DROP_REASONS)[number];

/** A stage's word that the beacon goes no further. */
export interface Drop {
  readonly drop: DropReason;
}

/** Says that a beacon goes no further, and why. */
export const drop = (reason: DropReason): Drop => ({ drop: reason });

/** Tells a drop from what a stage passes on. */
export const isDrop = (outcome: object): outcome is Drop => 'drop' in outcome;

/**
 * Why something that reached the collector is not counted. The list is closed: each reason is counted, named in the
 * `passerby` header of the answer, and shown to the site's owner.
 */
export const DROP_REASONS = {
  /** The agent is a known robot, or no browser at all. */
  bot: 'Robots and scripts',
  /** The browser fetched the page ahead of time; nobody has seen it. */
  prefetch: 'Pages fetched ahead, not seen',
  /** The browser asks by Global Privacy Control not to be counted. */
  gpc: 'Global Privacy Control',
  /** The browser asks by Do Not Track not to be counted, and the site honours it. */
  dnt: 'Do Not Track',
  /** The beacon's batch id was stored already: a retry whose first try had arrived. */
  duplicate: 'Sent twice by a retry',
  /** The item is older than ten minutes. */
  late: 'Arrived too late',
  /** The beacon was not understood; the answer was 400 and named the field. */
  invalid: 'Not understood',
  /** The client sent more than one client may; the answer was 429. */
  flood: 'Too many from one client',
  /** The collector had no room; the answer was 503 and the client tries again. */
  overload: 'Collector was full',
} as const;

/** A reason of {@link DROP_REASONS}. */
export type DropReason = keyof typeof DROP_REASONS;

/** A stage's word that the beacon goes no further. */
export interface Drop {
  readonly drop: DropReason;
}

/** Says that a beacon goes no further, and why. */
export const drop = (reason: DropReason): Drop => ({ drop: reason });

/** Tells a drop from what a stage passes on. */
export const isDrop = (outcome: object): outcome is Drop => 'drop' in outcome;

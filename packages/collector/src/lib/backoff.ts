/** How waits grow, in milliseconds. */
export interface BackoffLimits {
  /** After one failure. */
  readonly first: number;
  /** After many. */
  readonly longest: number;
}

/**
 * How long to wait after failures in a row, in milliseconds: twice as long after each.
 * @param failures 1 or more
 * @param random 0 ≤ x < 1: half of the wait to one and a half of it, so that not all come back at the same moment.
 * Missing: the wait itself
 * @example backoff(3, { first: 200, longest: 10_000 }) === 800
 */
export const backoff = (failures: number, { first, longest }: BackoffLimits, random = 0.5): number =>
  Math.min(first * 2 ** (failures - 1), longest) * (0.5 + random);

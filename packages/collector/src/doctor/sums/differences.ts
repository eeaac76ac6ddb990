/** A dimension of a day of a site in which `sums` does not have what its hits give. */
export interface Difference {
  readonly site: string;
  readonly day: string;
  readonly dimension: number;
  /** Numbers that are added up differ. */
  readonly added: boolean;
  /** Visitors differ. */
  readonly visitors: boolean;
}

/** One thread and little of the processor: nobody waits for it. */
export const GENTLY = 'SETTINGS max_threads = 1, max_execution_time = 100';

/** The statement that finds where two fingerprints differ. */
export const differences = (ofHits: string, ofSums: string, most: number): string => `SELECT site, toString(day) AS day,
  toUInt32(dimension) AS dimension, sum(a) != 0 AS added, sum(v) != 0 AS visitors
FROM (
  SELECT site, day, dimension, added AS a, visitors AS v FROM (${ofHits})
  UNION ALL
  SELECT site, day, dimension, toUInt64(negate(added)) AS a, toUInt64(negate(visitors)) AS v FROM (${ofSums})
)
GROUP BY site, day, dimension HAVING added OR visitors ORDER BY day, site, dimension LIMIT ${most} ${GENTLY}`;

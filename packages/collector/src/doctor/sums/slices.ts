import { addDays, daysBetween } from '../../lib/time-zone.ts';
import type { Ask } from '../patient.ts';

/** Days of one month that are compared in one statement. */
export interface Slice {
  readonly from: string;
  readonly to: string;
  readonly hits: number;
}

/** So many hits take a second or two. A day has what it has: what it takes beyond its memory the store lays aside. */
const MOST_HITS = 300_000;

/** What there is to compare, some days of a month at a time. */
export const slicesOf = async (
  ask: Ask,
  scope: {
    readonly where: string;
    readonly params: Readonly<Record<string, readonly string[]>>;
    readonly last: string;
  },
  first: string,
): Promise<Slice[]> => {
  const rows = `day BETWEEN {first:Date} AND {last:Date} AND ${scope.where}`;
  const days = await ask<{ day: string; hits: number }>(
    `SELECT toString(day) AS day, toFloat64(sum(n)) AS hits FROM (
      SELECT day, 1 AS n FROM hits WHERE ${rows}
      UNION ALL SELECT day, 0 AS n FROM sums WHERE dimension = 0 AND ${rows}
    ) GROUP BY day ORDER BY day SETTINGS max_threads = 1`,
    { ...scope.params, first, last: scope.last },
  );
  const slices: Slice[] = [];
  for (const { day, hits } of days) {
    const last = slices.at(-1);
    if (last !== undefined && last.from.slice(0, 7) === day.slice(0, 7) && last.hits + hits <= MOST_HITS)
      slices[slices.length - 1] = { ...last, to: day, hits: last.hits + hits };
    else slices.push({ from: day, to: day, hits });
  }
  return slices;
};

/** A slice that is too much for a busy machine, in two; none: it is a day. */
export const halvesOf = ({ from, to, hits }: Slice): Slice[] => {
  const days = daysBetween(from, to);
  if (days === 0) return [];
  const middle = addDays(from, Math.floor(days / 2));
  // How many hits each has is not known: they are counted once.
  return [
    { from, to: middle, hits },
    { from: addDays(middle, 1), to, hits: 0 },
  ];
};

import type { Partition } from './measure.ts';

/** What is to be expected of the data. */
export interface Forecast {
  /**
   * Bytes by which they grow on a day of the next thirty: what comes in, less what is no longer kept. Negative: they
   * shrink. null: there is not a whole day of data yet.
   */
  readonly bytesADay: number | null;
  /** Days, the last ones, by which that was worked out: 1 to {@link WINDOW_DAYS}. */
  readonly days: number | null;
  /** When the disk will be full, in Unix milliseconds; null: not in the next five years, or it cannot be said. */
  readonly full: number | null;
}

/** What a {@link forecast} is made of. */
export interface ForecastOf {
  readonly partitions: readonly Partition[];
  /** Unix milliseconds. */
  readonly now: number;
  /** Bytes that are free on the disk; null: not known. */
  readonly free: number | null;
  /** Days that totals are kept, by the site that keeps them longest; null: there is one that keeps them for good. */
  readonly sumsDays: number | null;
}

/** Days that stand for those to come: so many that each day of the week is among them four times. */
const WINDOW_DAYS = 28;
/** Days for which the growth is said. */
const SOON_DAYS = 30;
/** Days that are looked ahead. */
const AHEAD_DAYS = 5 * 365;

const DAY_MS = 86_400_000;

const NOTHING: Forecast = { bytesADay: null, days: null, full: null };

/** Bytes that come in on a day, and how many days they stay. */
interface Coming {
  readonly bytes: number;
  readonly stay: number;
}

/**
 * Works out growth from the tables as they are, so that nothing has to be remembered: the same is said after a start, an
 * import or a purge. Partitions know from when to when their rows are, and when the first and the last of them go; in
 * between they are taken as spread evenly. What comes in is as it was in the last four weeks.
 */
export const forecast = (of: ForecastOf): Forecast => {
  const { partitions, now, free } = of;
  const dated = partitions.flatMap((partition) => datedOf(partition, now));
  const days = Math.min(WINDOW_DAYS, ...(dated.length === 0 ? [0] : [-Math.min(...dated.map(({ from }) => from))]));
  if (days < 1) return NOTHING;
  const leaving = dated.map((one) => ({ bytes: one.bytes, ...leavingOf(one, of) }));
  const coming = [...new Set(dated.map(({ table }) => table))].map((table) =>
    comingOf(
      dated.filter((one) => one.table === table),
      days,
      of,
    ),
  );
  const growth = (after: number): number =>
    coming.reduce((sum, { bytes, stay }) => sum + bytes * Math.min(after, stay), 0) -
    leaving.reduce((sum, { bytes, ...span }) => sum + bytes * shareBefore(after, span), 0);
  const full = free === null ? null : firstDay((after) => growth(after) >= free);
  return { bytesADay: growth(SOON_DAYS) / SOON_DAYS, days, full: full === null ? null : now + full * DAY_MS };
};

/** What comes in as the last days did, and stays as long as the newest of it. @param own the partitions of one table */
const comingOf = (own: readonly Dated[], days: number, of: ForecastOf): Coming => {
  const came = own.reduce((sum, one) => sum + one.bytes * (1 - shareBefore(-days, one)), 0);
  const newest = own.reduce((one, other) => (other.to > one.to ? other : one));
  return { bytes: came / days, stay: Math.max(0, leavingOf(newest, of).to - newest.to) };
};

/** From when to when something is or happens, in days from now. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** A partition, and from when to when its rows are. */
type Dated = Span & Pick<Partition, 'table' | 'bytes' | 'expires'>;

const daysFrom = (day: string, now: number): number => (Date.parse(day) - now) / DAY_MS;

/** A day that has begun in the far east has not begun here: no row is of later than now. */
const datedOf = ({ days, ...partition }: Partition, now: number): Dated[] => {
  if (days === null) return [];
  const to = Math.min(daysFrom(days.last, now) + 1, 0);
  return [{ ...partition, from: Math.min(daysFrom(days.first, now), to), to }];
};

/** The share of what is spread over a span that is before a moment. */
const shareBefore = (moment: number, { from, to }: Span): number => {
  if (moment <= from) return 0;
  return moment >= to ? 1 : (moment - from) / (to - from);
};

/** When the rows of a partition go. Totals do not say it: they go as many days after their own as they are kept. */
const leavingOf = ({ from, to, expires }: Dated, { now, sumsDays }: ForecastOf): Span => {
  if (expires !== null) return { from: daysFrom(expires.first, now), to: daysFrom(expires.last, now) + 1 };
  const stay = sumsDays ?? Number.POSITIVE_INFINITY;
  return { from: from + stay, to: to + stay };
};

/** The first day from now on which something is so; null: in none of the days that are looked ahead. */
const firstDay = (isSo: (after: number) => boolean): number | null => {
  for (let after = 0; after <= AHEAD_DAYS; after++) if (isSo(after)) return after;
  return null;
};

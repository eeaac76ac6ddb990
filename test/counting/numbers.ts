import type { Metric } from '../../packages/collector/src/query/stats/query.ts';
import { duration, type Hit, isBounce, lastView } from './model.ts';

/** What matches in a group. */
export interface Matches {
  /** Views and events that happened in it. */
  readonly happened: Hit[];
  /** Those of visits that began in it, whenever they happened. */
  readonly begun: Hit[];
  /** Engagement that stands in it. */
  readonly engaged: Hit[];
}

export const noMatches = (): Matches => ({ happened: [], begun: [], engaged: [] });

/** The numbers of a group. */
export type Numbers = Readonly<Record<Metric, number | null>>;

/** `everybody`: the visitors of the question without groups. Revenue is of all currencies: asked for where there is one. */
export const numbersOf = ({ happened, begun, engaged }: Matches, everybody: number): Numbers => {
  const pageviews = happened.filter(({ kind }) => kind === 'view').length;
  const events = happened.length - pageviews;
  const thousandths = sum(happened, ({ revenue }) => Math.round((revenue?.[0] ?? 0) * 1000));
  const visitors = visitorsOf(happened);
  const visits = new Set(begun.map(({ visit }) => visit)).size;
  const entries = begun.filter((hit) => hit.visit.hits[0] === hit).map(({ visit }) => visit);
  const bounces = entries.filter(isBounce).length;
  const exits = begun.filter((hit) => lastView(hit.visit) === hit).length;
  return {
    visitors,
    visits,
    pageviews,
    events,
    revenue: thousandths / 1000,
    entries: entries.length,
    bounces,
    bounce_rate: ratio(100 * bounces, entries.length, 1),
    visit_duration: ratio(sum(entries, duration), entries.length, 0),
    exits,
    exit_rate: ratio(100 * exits, pageviews, 1),
    time_on_page: ratio(
      sum(engaged, (hit) => hit.engaged.ms),
      1000 * pageviews,
      0,
    ),
    scroll_depth: ratio(
      sum(engaged, (hit) => hit.engaged.percent),
      pageviews,
      0,
    ),
    views_per_visit: ratio(pageviews, visits, 2),
    visits_per_visitor: ratio(visits, visitors, 2),
    events_per_visitor: ratio(events, visitors, 2),
    revenue_per_visitor: ratio(thousandths, 1000 * visitors, 3),
    percentage: ratio(100 * visitors, everybody, 1),
  };
};

/** Different browsers of a day, summed over the days. */
export const visitorsOf = (hits: readonly Hit[]): number =>
  new Set(hits.map(({ visit, stands }) => `${stands.day} ${visit.browser}`)).size;

const sum = <T>(list: readonly T[], of: (entry: T) => number): number =>
  list.reduce((total, entry) => total + of(entry), 0);

/** Rounded in whole numbers, a half up; null if there is nothing to divide by. */
const ratio = (dividend: number, divisor: number, decimals: number): number | null => {
  if (divisor === 0) return null;
  const unit = 10 ** decimals;
  return Math.floor((2 * dividend * unit + divisor) / (2 * divisor)) / unit;
};

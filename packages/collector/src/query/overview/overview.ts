/**
 * What `GET /api/overview?date_range=28d` answers: the sites that the caller may view, and all of them together.
 */

/** Numbers of a period and what became of them. */
export interface OverviewNumbers {
  /** Visitors of each day, added up, as everywhere. */
  visitors: number;
  visits: number;
  pageviews: number;
  /** Percent by which the visitors changed since the period before, to one decimal; null: there were none. */
  change: number | null;
  /** Visitors by day, oldest first, up to the site's today. */
  series: number[];
}

/** A site's numbers, in its own days. */
export interface SiteOverview extends OverviewNumbers {
  domain: string;
}

/** The answer. */
export interface Overview {
  /** By domain. */
  sites: SiteOverview[];
  /** All of them; each last day of the series is the sites' own last day. */
  total: OverviewNumbers;
}

/**
 * What `GET /api/sites/:domain/live` sends, as server-sent events: at once and then every three seconds, event `live`
 * with a {@link Live} as JSON; comments while the store does not answer. The answer ends by itself within a minute, and
 * an `EventSource` asks again after a second. Where too many watch, the answer is 429 or 503.
 *
 * @example
 * const source = new EventSource('/api/sites/example.com/live');
 * source.addEventListener('live', ({ data }) => show((JSON.parse(data) as Live).visitors));
 */
export interface Live {
  /** When it was counted, Unix seconds. */
  at: number;
  /** Visits with a view or event in the last five minutes. */
  visitors: number;
  /** The last 30 minutes, oldest first, the one under way last. */
  minutes: LiveMinute[];
  /** The page that each of the visitors is on, the most frequent first, at most 10. */
  pages: LiveGroup[];
  /** Where they came from; those who came by themselves are in none. */
  sources: LiveGroup[];
  countries: LiveGroup[];
}

/** A minute by the clock. */
export interface LiveMinute {
  /** Its first second, Unix seconds. */
  start: number;
  views: number;
  /** Visits with a view or event in it. */
  visitors: number;
}

/** Visitors who share a value. */
export interface LiveGroup {
  value: string;
  visitors: number;
}

/** Made-up hits, written by the engine itself: it makes a million in the time in which it would read a tenth of them. */

/** Rows of ten visits: one to six of a visit, a view and an engagement in turns. */
const STEPS = [1, 1, 1, 2, 1, 2, 1, 2, 3, 4];
const VISITS = [0, 1, 2, 2, 3, 3, 4, 4, 4, 4];

/** A number from 1 to `most`, the small ones far more often than the large ones (Zipf), always the same for a visit. */
const zipf = (most: number, salt: number, of = 'visit'): string =>
  `toUInt32(exp(log(${most}) * (cityHash64(${of}, ${salt}) % 1000003) / 1000003))`;

/** One of a list, by the same law. */
const oneOf = (salt: number, ...values: string[]): string =>
  `arrayElement([${values.map((value) => `'${value}'`).join(', ')}], ${zipf(values.length + 0.999, salt)})`;

/** Two sites by their share of all hits; forty more have a hundredth each. */
export const SITES = ['half', 'tenth'] as const;

const FROZEN = {
  entry_page: `concat('/page-', toString(${zipf(20_000, 1, 'visit, 1')}))`,
  source: `if(cityHash64(visit, 2) % 10 < 4, '', concat('source-', toString(${zipf(300, 2)})))`,
  channel: oneOf(3, 'direct', 'organic search', 'referral', 'organic social', 'email', 'paid search'),
  referrer: `if(cityHash64(visit, 2) % 10 < 4, '', concat('source-', toString(${zipf(300, 2)}), '/', toString(${zipf(2000, 4)})))`,
  utm_campaign: `if(cityHash64(visit, 5) % 10 = 0, concat('campaign-', toString(${zipf(50, 5)})), '')`,
  utm_source: `if(cityHash64(visit, 5) % 10 = 0, concat('source-', toString(${zipf(20, 6)})), '')`,
  browser: oneOf(7, 'Chrome', 'Safari', 'Firefox', 'Edge', 'Samsung Internet', 'Opera'),
  browser_version: `toString(120 + ${zipf(25, 8)})`,
  os: oneOf(9, 'Windows', 'Android', 'iOS', 'macOS', 'GNU/Linux'),
  os_version: `toString(${zipf(18, 10)})`,
  device: oneOf(11, 'desktop', 'mobile', 'tablet'),
  screen: oneOf(12, 's', 'xl', 'l', 'm'),
  language: oneOf(13, 'de', 'en', 'fr', 'es', 'nl', 'pl', 'it', 'tr', 'pt', 'ru', 'uk', 'ja', 'zh', 'ar', 'cs', 'da'),
  country: oneOf(14, 'DE', 'US', 'AT', 'CH', 'FR', 'GB', 'NL', 'PL', 'IT', 'ES', 'TR', 'BR', 'IN', 'JP', 'CZ', 'DK'),
  first_visit: 'cityHash64(visit, 15) % 100 < 78',
};

const INCREMENTS = {
  views: 'step % 2 = 1',
  events: '0',
  visits: 'step = 1',
  visitors: 'step = 1 AND first_visit',
  bounces: 'multiIf(step = 1, 1, step = 3, -1, 0)',
  seconds: 'if(step = 3, 40 + cityHash64(visit, 16) % 200, 0)',
  engaged_ms: 'if(step % 2 = 0, 5000 + cityHash64(visit, step, 17) % 90000, 0)',
  scroll: 'if(step % 2 = 0, cityHash64(visit, step, 18) % 100, 0)',
  page_visits: 'step % 2 = 1',
  page_visitors: 'step % 2 = 1 AND first_visit',
};

/** Rows of one statement. */
const ROWS = 20_000;

/** Statements that add a day's hits, each of them once however often it is run; 0 days ago: today. */
export const insertDay = (daysAgo: number, hits: number): string[] =>
  Array.from({ length: Math.ceil(hits / ROWS) }, (_, index) => insertSome(daysAgo, hits, index * ROWS));

const insertSome = (daysAgo: number, hits: number, from: number): string => {
  const columns = { ...FROZEN, ...INCREMENTS };
  return `
INSERT INTO intake (site, ts, day, hour, visit, step, kind, hostname, page, title, prev_page, hit_until, log_until, ${Object.keys(columns).join(', ')})
WITH
  today() - ${daysAgo} AS the_day,
  intDiv(number, 10) * 5 + arrayElement(${JSON.stringify(VISITS)}, number % 10 + 1) AS nth,
  toUInt32(toUnixTimestamp(toDateTime(the_day, 'UTC')) + intDiv(nth * 86000, ${hits / 2})) AS begun,
  bitOr(bitShiftLeft(toUInt64(begun), 22), cityHash64(nth, ${daysAgo}) % 4194304) AS visit,
  arrayElement(${JSON.stringify(STEPS)}, number % 10 + 1) AS step,
  cityHash64(visit, 0) % 100 AS share,
  intDiv(step + 1, 2) AS view,
  ${Object.entries(columns)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(',\n  ')}
SELECT
  multiIf(share < 50, '${SITES[0]}', share < 60, '${SITES[1]}', concat('hundredth-', toString(share))),
  begun + step * 30, the_day, toStartOfHour(toDateTime(begun, 'UTC')), visit, step, if(step % 2 = 1, 1, 3), 'example.com',
  concat('/page-', toString(${zipf(20_000, 1, 'visit, view')})) AS page, concat('Title of ', page),
  if(step = 3, entry_page, ''), the_day + 400, the_day, ${Object.keys(columns).join(', ')}
FROM numbers(${from}, ${Math.min(ROWS, hits - from)})
SETTINGS insert_deduplication_token = '${daysAgo} ${from}', deduplicate_blocks_in_dependent_materialized_views = 1`;
};

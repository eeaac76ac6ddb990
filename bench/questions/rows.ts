/**
 * Made-up hits, written by the engine itself: it makes a million in the time in which it would read a tenth of them. They
 * obey the rules of the intake, so that `sums` and `hits` say the same: browsers come up to three times a day, hours apart,
 * and stay in their visits for up to two views, each of them with engagement or without, some with an event at the end.
 */
import { NEW_VALUES } from '../../packages/collector/src/store/row.ts';

/** A number from 1 to `most`, the small ones far more often than the large ones (Zipf), always the same for a key. */
const zipf = (most: number, salt: number, of: string): string =>
  `toUInt32(exp(log(${most}) * (cityHash64(${of}, ${salt}) % 1000003) / 1000003))`;

/** One of a list, by the same law. */
const oneOf = (of: string, salt: number, ...values: string[]): string =>
  `arrayElement([${values.map((value) => `'${value}'`).join(', ')}], ${zipf(values.length + 0.999, salt, of)})`;

/** Two sites by their share of all hits; forty more have a hundredth each. */
export const SITES = ['half', 'tenth'] as const;

/** Rows of a browser on average. */
const ROWS_OF_BROWSER = 2.59;
/** Browsers of one statement: about 20,000 rows. */
const BROWSERS = 8000;
/** Between two visits of a browser begin, in seconds. */
const AWAY = 7200;

/** What a visit is made of; `k` counts its browser's visits of the day from 0. */
const key = (k: string): string => `cityHash64(number, daysAgo, ${k})`;
const rowsWithoutEvent = (k: string): string => `arrayElement([1, 1, 2, 2, 4], ${key(k)} % 5 + 1)`;
const hasEvent = (k: string): string => `cityHash64(${key(k)}, 19) % 20 = 0`;
const rowsOf = (k: string): string => `${rowsWithoutEvent(k)} + (${hasEvent(k)})`;
const page = (k: string, view: string): string =>
  `concat('/page-', toString(${zipf(20_000, 1, `${key(k)}, ${view}`)}))`;
const event = (k: string): string => oneOf(key(k), 20, 'Download', 'Sign-up', 'Order', 'Search', 'Share', 'Video');
const referred = (k: string): string => `cityHash64(${key(k)}, 2) % 10 >= 4`;
const tagged = (k: string): string => `cityHash64(${key(k)}, 5) % 10 = 0`;
const source = (k: string): string => `concat('source-', toString(${zipf(300, 2, key(k))}))`;

/** What each visit has of its own. */
const OF_VISIT: Readonly<Partial<Record<(typeof NEW_VALUES)[number], (k: string) => string>>> = {
  entry_page: (k) => page(k, '1'),
  source: (k) => `if(${referred(k)}, ${source(k)}, '')`,
  channel: (k) => oneOf(key(k), 3, 'direct', 'organic search', 'referral', 'organic social', 'email', 'paid search'),
  referrer: (k) => `if(${referred(k)}, concat(${source(k)}, '/', toString(${zipf(2000, 4, key(k))})), '')`,
  utm_source: (k) => `if(${tagged(k)}, concat('source-', toString(${zipf(20, 6, key(k))})), '')`,
  utm_campaign: (k) => `if(${tagged(k)}, concat('campaign-', toString(${zipf(50, 5, key(k))})), '')`,
};

/** What all visits of a browser have. */
const OF_BROWSER = {
  browser: oneOf('who', 7, 'Chrome', 'Safari', 'Firefox', 'Edge', 'Samsung Internet', 'Opera'),
  browser_version: `toString(120 + ${zipf(25, 8, 'who')})`,
  os: oneOf('who', 9, 'Windows', 'Android', 'iOS', 'macOS', 'GNU/Linux'),
  os_version: `toString(${zipf(18, 10, 'who')})`,
  device: oneOf('who', 11, 'desktop', 'mobile', 'tablet'),
  screen: oneOf('who', 12, 's', 'xl', 'l', 'm'),
  language: oneOf(
    'who',
    13,
    ...['de', 'en', 'fr', 'es', 'nl', 'pl', 'it', 'tr', 'pt', 'ru', 'uk', 'ja', 'zh', 'ar', 'cs', 'da'],
  ),
  country: oneOf(
    'who',
    14,
    ...['DE', 'US', 'AT', 'CH', 'FR', 'GB', 'NL', 'PL', 'IT', 'ES', 'TR', 'BR', 'IN', 'JP', 'CZ', 'DK'],
  ),
};

const earlier = (of: (k: string) => string): string => `arrayMap(k -> ${of('k')}, range(nth))`;

/** The dimensions of which a later visit has a value that the browser did not have today, as bits. */
const newValues = Object.entries(OF_VISIT)
  .map(([name, of]) => {
    const bit = (NEW_VALUES as readonly string[]).indexOf(name);
    return `bitShiftLeft(toUInt32(NOT has(${earlier(of)}, ${of('nth')})), ${bit})`;
  })
  .join(' + ');

/** Pages that the browser was on in earlier visits of the day, and in this one up to a step. */
const pagesBefore = `arrayConcat(${earlier((k) => page(k, '1'))},
    arrayFilter(path -> path != '', ${earlier((k) => `if(${rowsWithoutEvent(k)} = 4, ${page(k, '2')}, '')`)}))`;

const FIRST = 'step = 1';
const VIEW = 'kind = 1';
const EVENT = 'kind = 2';
const SECOND_VIEW = 'kind = 1 AND step = 3';
const ORDER = "kind = 2 AND name = 'Order'";

/** Columns in the order in which one needs the others. */
const COLUMNS: Readonly<Record<string, string>> = {
  kind: 'multiIf(step > plain, 2, step % 2 = 1, 1, 3)',
  // Of a second view: since the first. Of an event: since the latest view.
  seconds: `multiIf(${SECOND_VIEW}, pause, ${EVENT} AND plain = 4, 30, ${EVENT}, 20, 0)`,
  ts: `toDateTime(begun + multiIf(${FIRST}, 0, kind = 3, if(step = 2, 10, pause + 10), ${EVENT} AND plain = 4, pause + 30, seconds), 'UTC')`,
  day: 'the_day',
  hour: `toStartOfHour(toDateTime(begun, 'UTC'))`,
  visit: `bitOr(bitShiftLeft(toUInt64(begun), 22), ${key('nth')} % 4194304)`,
  hit_hour: `if(kind = 3, toStartOfHour(toDateTime(begun + if(step = 2, 0, pause), 'UTC')), toStartOfHour(ts))`,
  visitor: `bitOr(bitShiftLeft(cityHash64(site, daysAgo) % 4294967296, 32), intDiv(number, 100) * ofHundred + number % 100 - before + 1)`,
  hostname: `'example.com'`,
  page: page('nth', 'if(plain = 4 AND step > 2, 2, 1)'),
  title: `concat('Title of ', page)`,
  prev_page: `if(${SECOND_VIEW}, entry_page, '')`,
  name: `if(${EVENT}, ${event('nth')}, '')`,
  revenue: `if(${ORDER}, 5000 + cityHash64(visit, 22) % 200000, 0)`,
  currency: `if(${ORDER}, ${oneOf('visit', 23, 'EUR', 'USD', 'GBP')}, '')`,
  hit_until: 'the_day + 400',
  log_until: 'the_day',
  first_visit: 'nth = 0',
  views: VIEW,
  events: EVENT,
  visits: FIRST,
  visitors: `${FIRST} AND nth = 0`,
  bounces: `multiIf(${FIRST}, 1, (${SECOND_VIEW}) OR (${EVENT} AND plain < 4), -1, 0)`,
  engaged_ms: 'if(kind = 3, 5000 + cityHash64(visit, step, 17) % 90000, 0)',
  scroll: 'if(kind = 3, cityHash64(visit, step, 18) % 100, 0)',
  // Three in ten are a view's later report.
  earlier_ms: 'if(kind = 3 AND cityHash64(visit, step, 24) % 10 < 3, 5000 + cityHash64(visit, step, 25) % 90000, 0)',
  earlier_scroll: 'if(earlier_ms = 0, 0, cityHash64(visit, step, 26) % (100 - scroll))',
  page_visits: `${VIEW} AND (${FIRST} OR page != entry_page)`,
  page_visitors: `page_visits AND NOT has(${pagesBefore}, page)`,
  event_visits: EVENT,
  event_visitors: `${EVENT} AND NOT has(${earlier((k) => `if(${hasEvent(k)}, ${event(k)}, '')`)}, name)`,
  new_values: `if(${FIRST} AND nth > 0, ${newValues}, 0)`,
  new_hour: `if(${FIRST}, nth > 0, kind != 3 AND hit_hour != toStartOfHour(ts - seconds))`,
};

/** Statements that add a day's hits, each of them once however often it is run; 0 days ago: today. */
export const insertDay = (daysAgo: number, hits: number): string[] => {
  const browsers = Math.round(hits / ROWS_OF_BROWSER);
  return Array.from({ length: Math.ceil(browsers / BROWSERS) }, (_, index) =>
    insertSome(daysAgo, browsers, index * BROWSERS),
  );
};

const insertSome = (days: number, browsers: number, from: number): string => {
  const ofVisit = Object.entries(OF_VISIT).map(([name, of]) => [name, of('nth')] as const);
  const columns = [...ofVisit, ...Object.entries(OF_BROWSER), ...Object.entries(COLUMNS)];
  return `
INSERT INTO intake (site, step, ${columns.map(([name]) => name).join(', ')})
WITH
  ${columns.map(([name, sql]) => `${sql} AS ${name}`).join(',\n  ')}
SELECT site, step, ${columns.map(([name]) => name).join(', ')}
FROM (
  SELECT
    number, ${days} AS daysAgo, today() - ${days} AS the_day, cityHash64(number, daysAgo) AS who,
    intDiv(number * 86000, ${browsers}) AS second,
    least(multiIf(who % 100 < 78, 1, who % 100 < 94, 2, 3), 1 + intDiv(86000 - second, ${AWAY})) AS times,
    number % 100 AS share,
    multiIf(share < 50, '${SITES[0]}', share < 60, '${SITES[1]}', concat('hundredth-', toString(share))) AS site,
    multiIf(share < 50, 50, share < 60, 10, 1) AS ofHundred, multiIf(share < 50, 0, share < 60, 50, share) AS before,
    hit.1 AS nth, hit.2 AS step, ${rowsWithoutEvent('nth')} AS plain, 40 + cityHash64(${key('nth')}, 16) % 200 AS pause,
    toUInt32(toUnixTimestamp(toDateTime(the_day, 'UTC')) + second + nth * ${AWAY}) AS begun
  FROM numbers(${from}, ${Math.min(BROWSERS, browsers - from)})
  ARRAY JOIN arrayFlatten(arrayMap(k -> arrayMap(one -> (k, one), range(1, toUInt32(1 + ${rowsOf('k')}))), range(times))) AS hit
)
SETTINGS insert_deduplication_token = '${days} ${from}', deduplicate_blocks_in_dependent_materialized_views = 1`;
};

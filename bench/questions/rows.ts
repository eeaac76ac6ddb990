/**
 * Made-up hits, written by the engine itself: it makes a million in the time in which it would read a tenth of them. They
 * obey the rules of the intake, so that `sums` and `hits` say the same: browsers come up to three times a day, hours apart,
 * and stay in their visits for up to two views, each of them with engagement or without, some with an event at the end.
 * What belongs together is together: a country and its language, a system and its browsers, a source and its channel.
 */
import { NEW_VALUES } from '../../packages/collector/src/store/row.ts';

/** The sites by their share of all hits: one has half, one a tenth, forty have a hundredth each. */
export const SITES = ['half', 'tenth', ...Array.from({ length: 40 }, (_, index) => `hundredth-${60 + index}`)];

/** Rows of a browser on average. */
export const ROWS_OF_BROWSER = 2.5715;
/** Between two visits of a browser begin, in seconds. */
const AWAY = 7200;

/** Some of the browsers that come on one day, by their numbers. */
export interface Browsers {
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** Those who come from the day's beginning to its end. */
  readonly wave: { readonly from: number; readonly count: number };
  /** Those of them that are added. */
  readonly from: number;
  readonly count: number;
}

/** A number from 1 to `most`, the small ones far more often than the large ones (Zipf), always the same for a key. */
const zipf = (most: number, salt: number, of: string): string =>
  `toUInt32(exp(log(${most}) * (cityHash64(${of}, ${salt}) % 1000003) / 1000003))`;

const texts = (values: readonly string[]): string => `[${values.map((value) => `'${value}'`).join(', ')}]`;

/** One of a list, by the same law. */
const oneOf = (of: string, salt: number, ...values: string[]): string =>
  `arrayElement(${texts(values)}, ${zipf(values.length + 0.999, salt, of)})`;

const chance = (percent: number, salt: number, of: string): string => `cityHash64(${of}, ${salt}) % 100 < ${percent}`;

/** What goes with a value. */
const mapped = (of: string, pairs: Readonly<Record<string, string>>): string =>
  `transform(${of}, ${texts(Object.keys(pairs))}, ${texts(Object.values(pairs))}, '')`;

const numbered = (prefix: string, number: string): string => `concat('${prefix}', toString(${number}))`;

/** Columns in the order in which one needs the others. */
type Columns = Readonly<Record<string, string>>;

/** Countries, the most frequent first, with the language of most people there. */
const LANGUAGES = {
  ...{ DE: 'de', US: 'en', AT: 'de', CH: 'de', FR: 'fr', GB: 'en', NL: 'nl', PL: 'pl', IT: 'it', ES: 'es', TR: 'tr' },
  ...{ BR: 'pt', IN: 'en', JP: 'ja', CZ: 'cs', DK: 'da', SE: 'sv', BE: 'nl', CA: 'en', AU: 'en', UA: 'uk', PT: 'pt' },
  ...{ MX: 'es', AR: 'es', CN: 'zh', KR: 'ko', FI: 'fi', NO: 'nb', GR: 'el', HU: 'hu', RO: 'ro', EG: 'ar', IL: 'he' },
};

/** How the day's hours differ: the night has a quarter of what noon has. */
const second = ({ wave }: Browsers): string => {
  const part = `((number - ${wave.from}) / ${wave.count})`;
  return `toUInt32(86000 * (${part} + 0.6 * sin(2 * pi() * ${part}) / (2 * pi())))`;
};

const OF_BROWSER: Columns = {
  country: oneOf('who', 14, ...Object.keys(LANGUAGES)),
  language: `if(${chance(85, 13, 'who')}, ${mapped('country', LANGUAGES)}, ${oneOf('who', 15, 'en', 'de', 'ru', 'ar', 'tr')})`,
  place: zipf(400, 16, 'who'),
  region: `concat(country, '-', toString(place % 16))`,
  city: `concat(country, ': City ', toString(place))`,
  os: oneOf('who', 9, 'Windows', 'Android', 'iOS', 'macOS', 'GNU/Linux', 'Chrome OS'),
  os_version: `concat(os, ' ', toString(${zipf(12, 10, 'who')}))`,
  device: `multiIf(os NOT IN ('Android', 'iOS'), 'Desktop', ${chance(12, 11, 'who')}, 'Tablet', 'Mobile')`,
  screen: `multiIf(device = 'Mobile', 's', device = 'Tablet', 'm', ${oneOf('who', 12, 'xl', 'l', 'm')})`,
  browser: `multiIf(
    os = 'iOS', ${oneOf('who', 7, 'Safari', 'Chrome', 'Firefox')},
    os = 'macOS', ${oneOf('who', 7, 'Safari', 'Chrome', 'Firefox', 'Edge')},
    os = 'Android', ${oneOf('who', 7, 'Chrome', 'Samsung Internet', 'Firefox', 'Opera')},
    ${oneOf('who', 7, 'Chrome', 'Edge', 'Firefox', 'Opera')})`,
  browser_version: `concat(browser, ' ', toString(120 + ${zipf(25, 8, 'who')}))`,
};

const CHANNELS = ['Organic search', 'Referral', 'Organic social', 'AI assistants', 'Organic video'];
const MEDIUMS = { Email: 'newsletter', 'Paid search': 'cpc', Display: 'banner' };
const EVENTS = ['Download', 'Sign-up', 'Order', 'Search', 'Share', 'Video'];

/** What each visit has of its own, from its `key`. */
const OF_VISIT: Columns = {
  plain: 'arrayElement([1, 1, 2, 2, 4], key % 5 + 1)',
  has_event: chance(5, 19, 'key'),
  entry_page: numbered('/page-', zipf(20_000, 1, 'key')),
  second_page: `if(plain = 4, ${numbered('/page-', zipf(20_000, 21, 'key'))}, '')`,
  event: `if(has_event, ${oneOf('key', 20, ...EVENTS)}, '')`,
  tagged: chance(10, 5, 'key'),
  from_source: `if(tagged OR ${chance(60, 2, 'key')}, ${zipf(300, 3, 'key')}, 0)`,
  source: `if(from_source = 0, '', ${numbered('source-', 'from_source')})`,
  channel: `multiIf(tagged, ${oneOf('key', 6, ...Object.keys(MEDIUMS))}, from_source = 0, 'Direct',
    arrayElement(${texts(CHANNELS)}, from_source % ${CHANNELS.length} + 1))`,
  referrer: `multiIf(from_source = 0, '', channel = 'Organic search', concat(source, '/'), concat(source, '/', toString(${zipf(2000, 4, 'key')})))`,
  utm_source: `if(tagged, source, '')`,
  utm_medium: mapped('channel', MEDIUMS),
  utm_campaign: `if(tagged, ${numbered('campaign-', zipf(50, 25, 'key'))}, '')`,
};
/** Those of {@link OF_VISIT} that a later visit of the same browser may have other values of. */
const FRESH = NEW_VALUES.filter((name) => name in OF_VISIT);
const earlier = (of: string): string => `arraySlice(all_${of}, 1, nth)`;
const unseenPage = (page: string): string =>
  `NOT has(${earlier('entry_page')}, ${page}) AND NOT has(${earlier('second_page')}, ${page})`;

/** What a visit is beside those before it; `nth` counts its browser's visits of the day from 0. */
const BESIDE_OTHERS: Columns = {
  // Of what is said by each visit: whether its browser has the value for the first time today.
  fresh: `if(nth = 0, 0, ${FRESH.map(
    (name) => `bitShiftLeft(toUInt32(NOT has(${earlier(name)}, ${name})), ${NEW_VALUES.indexOf(name)})`,
  ).join(' + ')})`,
  new_entry: unseenPage('entry_page'),
  new_second: `second_page != entry_page AND ${unseenPage('second_page')}`,
  new_event: `NOT has(${earlier('event')}, event)`,
  begun: `toUInt32(midnight + second + nth * ${AWAY})`,
  pause: '40 + cityHash64(key, 16) % 200',
};

const FIRST = 'step = 1';
const VIEW = 'kind = 1';
const EVENT = 'kind = 2';
const SECOND_VIEW = 'kind = 1 AND step = 3';
const ORDER = "kind = 2 AND name = 'Order'";

const OF_ROW: Columns = {
  kind: 'multiIf(step > plain, 2, step % 2 = 1, 1, 3)',
  // Of a second view: since the first. Of an event: since the latest view.
  seconds: `multiIf(${SECOND_VIEW}, pause, ${EVENT} AND plain = 4, 30, ${EVENT}, 20, 0)`,
  ts: `toDateTime(begun + multiIf(${FIRST}, 0, kind = 3, if(step = 2, 10, pause + 10), ${EVENT} AND plain = 4, pause + 30, seconds), 'UTC')`,
  hour: `toStartOfHour(toDateTime(begun, 'UTC'))`,
  // Looks like 22 random bits, and no two visits of a second have the same.
  visit: 'bitOr(bitShiftLeft(toUInt64(begun), 22), toUInt64(number * 3 + nth) * 2654435761 % 4194304)',
  hit_hour: `if(kind = 3, toStartOfHour(toDateTime(begun + if(step = 2, 0, pause), 'UTC')), toStartOfHour(ts))`,
  hostname: `concat(site, '.example')`,
  page: 'if(plain = 4 AND step > 2, second_page, entry_page)',
  title: `concat('Title of ', page)`,
  prev_page: `if(${SECOND_VIEW}, entry_page, '')`,
  name: `if(${EVENT}, event, '')`,
  props: `if(name = 'Sign-up', map('plan', ${oneOf('key', 26, 'free', 'small', 'large')}), map()::Map(String, String))`,
  revenue: `if(${ORDER}, 5000 + cityHash64(visit, 22) % 200000, 0)`,
  currency: `if(${ORDER}, ${oneOf('visit', 23, 'EUR', 'USD', 'GBP')}, '')`,
  hit_until: 'day + 400',
  log_until: 'day',
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
  page_visitors: `page_visits AND if(${FIRST}, new_entry, new_second)`,
  event_visits: EVENT,
  event_visitors: `${EVENT} AND new_event`,
  new_values: `if(${FIRST}, fresh, 0)`,
  new_hour: `if(${FIRST}, nth > 0, kind != 3 AND hit_hour != toStartOfHour(ts - seconds))`,
};

/** Helpers that are no columns of `intake`. */
const HELPERS = new Set(['place', 'plain', 'has_event', 'second_page', 'event', 'tagged', 'from_source']);
const NAMED = [...Object.keys(OF_BROWSER), ...Object.keys(OF_VISIT)].filter((name) => !HELPERS.has(name));
const INTAKE = ['site', 'day', 'visitor', 'step', ...NAMED, ...Object.keys(OF_ROW)];

const needs = (sql: string, names: readonly string[]): string[] =>
  names.filter((name) => new RegExp(`\\b${name}\\b`).test(sql));

/**
 * Selects columns beside those that there are. Each that needs another one is selected around it: in one `SELECT` the
 * engine would write the one out wherever the other is named, which took it half a second a statement.
 */
const beside = (columns: Columns, from: string): string => {
  let [select, left] = [from, Object.entries(columns)];
  while (left.length > 0) {
    const names = left.map(([name]) => name);
    const now = left.filter(([name, sql]) => needs(sql, names).every((needed) => needed === name));
    select = `SELECT *, ${now.map(([name, sql]) => `${sql} AS ${name}`).join(',\n  ')} FROM (${select})`;
    left = left.filter((column) => !now.includes(column));
  }
  return select;
};

/** The values that a browser's visits have of each column, in arrays. */
const ARRAYS: Columns = Object.fromEntries(
  Object.entries(OF_VISIT).map(([name, sql]) => {
    const needed = ['key', ...needs(sql, Object.keys(OF_VISIT)).filter((other) => other !== name)];
    return [
      `all_${name}`,
      `arrayMap((${needed.join(', ')}) -> ${sql}, ${needed.map((other) => `all_${other}`).join(', ')})`,
    ];
  }),
);

const browsersOf = (browsers: Browsers): string => {
  const [half, tenth] = SITES;
  const own: Columns = {
    day: `toDate('${browsers.day}')`,
    midnight: `toUnixTimestamp(toDateTime(day, 'UTC'))`,
    share: 'number % 100',
    who: `cityHash64(number, '${browsers.day}')`,
    second: second(browsers),
    times: `least(multiIf(who % 100 < 78, 1, who % 100 < 94, 2, 3), 1 + intDiv(86000 - second, ${AWAY}))`,
    site: `multiIf(share < 50, '${half}', share < 60, '${tenth}', concat('hundredth-', toString(share)))`,
    of_hundred: 'multiIf(share < 50, 50, share < 60, 10, 1)',
    before: 'multiIf(share < 50, 0, share < 60, 50, share)',
    visitor: `bitOr(bitShiftLeft(cityHash64(site, day) % 4294967296, 32), intDiv(number, 100) * of_hundred + share - before + 1)`,
    all_key: 'arrayMap(k -> cityHash64(who, k), range(times))',
  };
  const numbers = `SELECT number FROM numbers(${browsers.from}, ${browsers.count})`;
  return beside({ ...own, ...OF_BROWSER, ...ARRAYS }, numbers);
};

const visitsOf = (browsers: Browsers): string => {
  const arrays = ['key', ...Object.keys(OF_VISIT)];
  const visits = `SELECT *, nth, ${arrays.join(', ')} FROM (${browsersOf(browsers)})
    ARRAY JOIN range(times) AS nth, ${arrays.map((name) => `all_${name} AS ${name}`).join(', ')}`;
  return beside(BESIDE_OTHERS, visits);
};

/** The statement that adds the hits of some browsers; its settings come after it. */
export const insertHits = (browsers: Browsers): string => {
  const steps = `SELECT * EXCEPT ('^all_'), arrayJoin(range(1, toUInt32(1 + plain + has_event))) AS step FROM (${visitsOf(browsers)})`;
  return `INSERT INTO intake (${INTAKE.join(', ')}) SELECT ${INTAKE.join(', ')} FROM (${beside(OF_ROW, steps)})`;
};

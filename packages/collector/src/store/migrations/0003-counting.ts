import { addColumns, attach, changeView, type IntakeView, reload } from '../schema.ts';
import type { Topology } from '../topology.ts';

/**
 * Columns that `sums` rolls up, with the numbers of their dimensions, as they were in this version; and the bit of
 * `new_values` that says of a column that its browser has the value for the first time today.
 */
const ROLLUPS: readonly (readonly [dimension: number, column: string, bit?: number])[] = [
  [10, 'page'],
  [11, 'name'],
  [12, 'entry_page', 0],
  [13, 'currency'],
  [20, 'source', 1],
  [21, 'channel', 2],
  [22, 'referrer', 3],
  [23, 'utm_source', 4],
  [24, 'utm_medium', 5],
  [25, 'utm_campaign', 6],
  [26, 'utm_content', 7],
  [27, 'utm_term', 8],
  [30, 'browser'],
  [31, 'browser_version'],
  [32, 'os'],
  [33, 'os_version'],
  [34, 'device'],
  [35, 'screen', 9],
  [36, 'language', 10],
  [40, 'country'],
  [41, 'region'],
  [42, 'city'],
];
const CURRENCY = 13;

const valueIn = (column: string): string =>
  column === 'name' ? `if(h.kind = 2, toString(h.name), '')` : `toString(h.${column})`;

const seen = (suffix: 'visits' | 'visitors'): string[] =>
  ROLLUPS.map(([, column]) => (column === 'page' ? `h.page_${suffix}` : column === 'name' ? `h.event_${suffix}` : '0'));

const later = (): string[] => ROLLUPS.map(([, , bit]) => (bit === undefined ? '0' : `bitTest(h.new_values, ${bit})`));

/** What a hit is not counted as: what was left out, and opened e-mails, have rollups of their own alone. */
const ofHits = (value: string): string => `if(h.kind IN (6, 7), '', ${value})`;
const hourOf = (column: string): string => `toString(toUnixTimestamp(h.${column}))`;

/** What a hit adds to one value. Each but the value is a number or an expression of one; what is not said is 0. */
interface Element {
  readonly dimension: number;
  readonly value: string;
  /** Views, events and engagement stand here: 1. */
  readonly hit?: string;
  /** What is booked where the visit began stands here: 1. */
  readonly begin?: string;
  readonly later?: string;
  readonly seenVisits?: string;
  readonly seenVisitors?: string;
  /** A move away from the page. */
  readonly move?: string;
}

const ELEMENTS: readonly Element[] = [
  { dimension: 0, value: ofHits(`'*'`), hit: '1', begin: '1' },
  {
    dimension: 1,
    value: ofHits(hourOf('hit_hour')),
    hit: '1',
    begin: 'h.hit_hour = h.hour',
    later: 'toUInt32(h.earlier_than) != 0',
    seenVisitors: 'h.new_hour',
  },
  { dimension: 1, value: ofHits(`if(h.hit_hour = h.hour, '', ${hourOf('hour')})`), begin: '1' },
  // The browser's earliest hit of the day is another one now, in an earlier hour.
  {
    dimension: 1,
    value: ofHits(`if(toUInt32(h.earlier_than) = 0, '', ${hourOf('earlier_than')})`),
    later: '-1',
    seenVisitors: '1',
  },
  ...ROLLUPS.map(
    ([dimension, column], index): Element => ({
      dimension,
      value: valueIn(column),
      hit: '1',
      begin: '1',
      later: later()[index] ?? '0',
      seenVisits: seen('visits')[index] ?? '0',
      seenVisitors: seen('visitors')[index] ?? '0',
    }),
  ),
  { dimension: 10, value: 'toString(h.prev_page)', move: '1' },
  { dimension: 2, value: `if(h.kind = 6, toString(h.name), '')`, hit: '1' },
  { dimension: 3, value: `if(h.kind = 7, toString(h.name), '')`, hit: '1' },
];

const listOf = (part: Exclude<keyof Element, 'dimension'>): string =>
  ELEMENTS.map((element) => element[part] ?? '0').join(', ');

/** As in version 2, with the hour of the hit beside that of its visit, and browsers that are new to a value or an hour. */
const sumsView: IntakeView = {
  name: 'sums_from_intake',
  to: 'sums',
  select: (intake) => `SELECT
  h.site AS site, dimension, value, h.day AS day,
  sum(h.views * hit) AS views, sum(h.events * hit) AS events, sum(h.visits * begin) AS visits,
  sum(h.visitors * hit) AS visitors, sum(h.bounces * begin) AS bounces, sum(h.seconds * begin) AS seconds,
  sum(h.engaged_ms * hit) AS engaged_ms, sum(h.scroll * hit) AS scroll,
  sum(element_visits) AS seen_visits, sum(element_visitors) AS seen_visitors, sum(move) AS moves,
  sum(element_later) AS later_visitors, sum(if(dimension = ${CURRENCY}, h.revenue, 0)) AS revenue
FROM ${intake} AS h
ARRAY JOIN
  [${ELEMENTS.map(({ dimension }) => dimension).join(', ')}]::Array(UInt8) AS dimension,
  [${listOf('value')}] AS value,
  [${listOf('hit')}]::Array(UInt8) AS hit,
  [${listOf('begin')}]::Array(UInt8) AS begin,
  [${listOf('later')}]::Array(Int8) AS element_later,
  [${listOf('seenVisits')}]::Array(UInt8) AS element_visits,
  [${listOf('seenVisitors')}]::Array(UInt8) AS element_visitors,
  [${listOf('move')}]::Array(UInt8) AS move
WHERE value != '' AND h.kind IN (1, 2, 3, 6, 7)
  AND (h.kind IN (6, 7) OR h.views OR h.events OR h.engaged_ms OR h.scroll)
GROUP BY site, dimension, value, day`,
};

const hitsView: IntakeView = {
  name: 'hits_from_intake',
  to: 'hits',
  select: (
    intake,
  ) => `SELECT site, ts, day, hour, visit, step, kind, hostname, page, title, prev_page, name, props, fingerprint, entry_page, source,
  channel, referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term, browser, browser_version, os,
  os_version, device, screen, language, country, first_visit, views, events, visits, visitors, bounces, seconds,
  engaged_ms, scroll, hit_until AS keep_until, region, city, revenue, currency, via, hit_hour, visitor, earlier_ms, earlier_scroll
FROM ${intake}
WHERE kind IN (1, 2, 3, 4) AND hit_until > day`,
};

const VIEWS = [hitsView, sumsView];

/**
 * Version 3: the hour in which a hit happened, the number of its browser among those of the day, and what a browser has
 * for the first time today. Rows of before count as they did: to them the new columns say nothing.
 */
export const counting = (topology: Topology): string[] => [
  ...attach(VIEWS, topology),
  ...addColumns(
    { name: 'hits', placement: 'shards' },
    [
      "hit_hour DateTime('UTC') DEFAULT hour CODEC(Delta, ZSTD(1))",
      'visitor UInt64 CODEC(Delta, ZSTD(1))',
      'earlier_ms UInt32 CODEC(T64, ZSTD(1))',
      'earlier_scroll UInt8 CODEC(ZSTD(1))',
    ],
    topology,
  ),
  ...addColumns(
    { name: 'sums', placement: 'shards' },
    ['later_visitors Int64 CODEC(T64, LZ4)', 'revenue Int64 CODEC(T64, LZ4)'],
    topology,
  ),
  ...addColumns(
    { name: 'intake', placement: 'shards' },
    [
      "hit_hour DateTime('UTC') DEFAULT hour",
      'visitor UInt64',
      'earlier_ms UInt32',
      'earlier_scroll UInt8',
      'new_values UInt32',
      'new_hour UInt8',
      "earlier_than DateTime('UTC')",
    ],
    topology,
  ),
  ...VIEWS.flatMap((view) => changeView(view, topology)),
  ...reload(VIEWS, topology),
];

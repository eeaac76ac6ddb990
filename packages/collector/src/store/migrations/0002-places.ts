import { addColumns, attach, changeView, type IntakeView, reload } from '../schema.ts';
import type { Topology } from '../topology.ts';

const TEXT = 'LowCardinality(String)';

/** Columns that `sums` rolls up, with the numbers of their dimensions, as they were in this version. */
const ROLLUPS = [
  [10, 'page'],
  [11, 'name'],
  [12, 'entry_page'],
  [20, 'source'],
  [21, 'channel'],
  [22, 'referrer'],
  [23, 'utm_source'],
  [24, 'utm_medium'],
  [25, 'utm_campaign'],
  [26, 'utm_content'],
  [27, 'utm_term'],
  [30, 'browser'],
  [31, 'browser_version'],
  [32, 'os'],
  [33, 'os_version'],
  [34, 'device'],
  [35, 'screen'],
  [36, 'language'],
  [40, 'country'],
  [41, 'region'],
  [42, 'city'],
] as const;

const valueIn = (column: string): string =>
  column === 'name' ? `if(h.kind = 2, toString(h.name), '')` : `toString(h.${column})`;

const seen = (suffix: 'visits' | 'visitors'): string =>
  ROLLUPS.map(([, column]) =>
    column === 'page' ? `page_${suffix}` : column === 'name' ? `event_${suffix}` : '0',
  ).join(', ');

const hitsView: IntakeView = {
  name: 'hits_from_intake',
  to: 'hits',
  select: (
    intake,
  ) => `SELECT site, ts, day, hour, visit, step, kind, hostname, page, title, prev_page, name, props, fingerprint, entry_page, source,
  channel, referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term, browser, browser_version, os,
  os_version, device, screen, language, country, first_visit, views, events, visits, visitors, bounces, seconds,
  engaged_ms, scroll, hit_until AS keep_until, region, city, revenue, currency, via
FROM ${intake}
WHERE kind IN (1, 2, 3, 4) AND hit_until > day`,
};

/** As in version 1, with two more rollups, and with opened e-mails (kind 7) beside what was dropped (kind 6). */
const sumsView: IntakeView = {
  name: 'sums_from_intake',
  to: 'sums',
  select: (intake) => `SELECT
  h.site AS site, dimension, value, h.day AS day,
  sum(h.views * own) AS views, sum(h.events * own) AS events, sum(h.visits * own) AS visits,
  sum(h.visitors * own) AS visitors, sum(h.bounces * own) AS bounces, sum(h.seconds * own) AS seconds,
  sum(h.engaged_ms * own) AS engaged_ms, sum(h.scroll * own) AS scroll,
  sum(element_visits) AS seen_visits, sum(element_visitors) AS seen_visitors, sum(1 - own) AS moves
FROM ${intake} AS h
ARRAY JOIN
  [0, 1, ${ROLLUPS.map(([dimension]) => dimension).join(', ')}, 10, 2, 3]::Array(UInt8) AS dimension,
  [if(h.kind IN (6, 7), '', '*'), if(h.kind IN (6, 7), '', toString(toUnixTimestamp(h.hour))), ${ROLLUPS.map(([, column]) => valueIn(column)).join(', ')}, toString(h.prev_page), if(h.kind = 6, toString(h.name), ''), if(h.kind = 7, toString(h.name), '')] AS value,
  [1, 1, ${ROLLUPS.map(() => 1).join(', ')}, 0, 1, 1]::Array(UInt8) AS own,
  [0, 0, ${seen('visits')}, 0, 0, 0]::Array(UInt8) AS element_visits,
  [0, 0, ${seen('visitors')}, 0, 0, 0]::Array(UInt8) AS element_visitors
WHERE value != '' AND h.kind IN (1, 2, 3, 6, 7)
  AND (h.kind IN (6, 7) OR h.views OR h.events OR h.engaged_ms OR h.scroll)
GROUP BY site, dimension, value, day`,
};

const VIEWS = [hitsView, sumsView];

/** Version 2: region, city, revenue, views reported by an image, and e-mails that were opened. */
export const places = (topology: Topology): string[] => [
  ...attach(VIEWS, topology),
  ...addColumns(
    { name: 'hits', placement: 'shards' },
    [
      `region ${TEXT} CODEC(ZSTD(1))`,
      `city ${TEXT} CODEC(ZSTD(1))`,
      'revenue Int64 CODEC(T64, ZSTD(1))',
      `currency ${TEXT} CODEC(ZSTD(1))`,
      `via ${TEXT} CODEC(ZSTD(1))`,
    ],
    topology,
  ),
  ...addColumns(
    { name: 'intake', placement: 'shards' },
    [`region ${TEXT}`, `city ${TEXT}`, 'revenue Int64', `currency ${TEXT}`, `via ${TEXT}`],
    topology,
  ),
  ...VIEWS.flatMap((view) => changeView(view, topology)),
  ...reload(VIEWS, topology),
];

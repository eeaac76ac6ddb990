import { createTable, createView, type IntakeView, type Table } from '../schema.ts';
import type { Topology } from '../topology.ts';

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
] as const;

const seen = (suffix: 'visits' | 'visitors'): string =>
  ROLLUPS.map(([, column]) =>
    column === 'page' ? `page_${suffix}` : column === 'name' ? `event_${suffix}` : '0',
  ).join(', ');

const config: Table = {
  name: 'config',
  placement: 'everywhere',
  columns: `kind LowCardinality(String),
  id String,
  version UInt64,
  body String,
  deleted UInt8`,
  engine: 'ReplacingMergeTree(version)',
  clauses: ' ORDER BY (kind, id)',
};

const intake: Table = {
  name: 'intake',
  placement: 'shards',
  columns: `\`site\` LowCardinality(String),
  \`ts\` DateTime('UTC'),
  \`day\` Date,
  \`hour\` DateTime('UTC'),
  \`visit\` UInt64,
  \`step\` UInt32,
  \`kind\` UInt8,
  \`hostname\` LowCardinality(String),
  \`page\` LowCardinality(String),
  \`title\` LowCardinality(String),
  \`prev_page\` LowCardinality(String),
  \`name\` LowCardinality(String),
  \`props\` Map(LowCardinality(String), String),
  \`fingerprint\` String,
  \`severity\` LowCardinality(String),
  \`message\` String,
  \`stack\` String,
  \`release\` LowCardinality(String),
  \`hit_until\` Date,
  \`log_until\` Date,
  \`entry_page\` LowCardinality(String),
  \`source\` LowCardinality(String),
  \`channel\` LowCardinality(String),
  \`referrer\` LowCardinality(String),
  \`utm_source\` LowCardinality(String),
  \`utm_medium\` LowCardinality(String),
  \`utm_campaign\` LowCardinality(String),
  \`utm_content\` LowCardinality(String),
  \`utm_term\` LowCardinality(String),
  \`browser\` LowCardinality(String),
  \`browser_version\` LowCardinality(String),
  \`os\` LowCardinality(String),
  \`os_version\` LowCardinality(String),
  \`device\` LowCardinality(String),
  \`screen\` LowCardinality(String),
  \`language\` LowCardinality(String),
  \`country\` LowCardinality(String),
  \`first_visit\` UInt8,
  \`views\` UInt8,
  \`events\` UInt32,
  \`visits\` UInt8,
  \`visitors\` UInt8,
  \`bounces\` Int8,
  \`seconds\` UInt32,
  \`engaged_ms\` UInt32,
  \`scroll\` UInt8,
  \`page_visits\` UInt8,
  \`page_visitors\` UInt8,
  \`event_visits\` UInt8,
  \`event_visitors\` UInt8`,
  engine: 'Null',
};

const hits: Table = {
  name: 'hits',
  placement: 'shards',
  deduplicates: true,
  columns: `site LowCardinality(String) CODEC(ZSTD(1)),
  ts DateTime('UTC') CODEC(Delta, ZSTD(1)),
  day Date CODEC(ZSTD(1)),
  hour DateTime('UTC') CODEC(Delta, ZSTD(1)),
  visit UInt64 CODEC(Delta, ZSTD(1)),
  step UInt32 CODEC(T64, ZSTD(1)),
  kind UInt8 CODEC(ZSTD(1)),
  hostname LowCardinality(String) CODEC(ZSTD(1)),
  page LowCardinality(String) CODEC(ZSTD(1)),
  title LowCardinality(String) CODEC(ZSTD(1)),
  prev_page LowCardinality(String) CODEC(ZSTD(1)),
  name LowCardinality(String) CODEC(ZSTD(1)),
  props Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  fingerprint String CODEC(ZSTD(1)),
  entry_page LowCardinality(String) CODEC(ZSTD(1)),
  source LowCardinality(String) CODEC(ZSTD(1)),
  channel LowCardinality(String) CODEC(ZSTD(1)),
  referrer LowCardinality(String) CODEC(ZSTD(1)),
  utm_source LowCardinality(String) CODEC(ZSTD(1)),
  utm_medium LowCardinality(String) CODEC(ZSTD(1)),
  utm_campaign LowCardinality(String) CODEC(ZSTD(1)),
  utm_content LowCardinality(String) CODEC(ZSTD(1)),
  utm_term LowCardinality(String) CODEC(ZSTD(1)),
  browser LowCardinality(String) CODEC(ZSTD(1)),
  browser_version LowCardinality(String) CODEC(ZSTD(1)),
  os LowCardinality(String) CODEC(ZSTD(1)),
  os_version LowCardinality(String) CODEC(ZSTD(1)),
  device LowCardinality(String) CODEC(ZSTD(1)),
  screen LowCardinality(String) CODEC(ZSTD(1)),
  language LowCardinality(String) CODEC(ZSTD(1)),
  country LowCardinality(String) CODEC(ZSTD(1)),
  first_visit UInt8 CODEC(ZSTD(1)),
  views UInt8 CODEC(ZSTD(1)),
  events UInt8 CODEC(ZSTD(1)),
  visits UInt8 CODEC(ZSTD(1)),
  visitors UInt8 CODEC(ZSTD(1)),
  bounces Int8 CODEC(ZSTD(1)),
  seconds UInt32 CODEC(T64, ZSTD(1)),
  engaged_ms UInt32 CODEC(T64, ZSTD(1)),
  scroll UInt8 CODEC(ZSTD(1)),
  keep_until Date CODEC(ZSTD(1))`,
  engine: 'MergeTree',
  clauses: `
PARTITION BY toYYYYMM(day)
ORDER BY (site, day, visit, ts)
TTL keep_until DELETE`,
};

const sums: Table = {
  name: 'sums',
  placement: 'shards',
  deduplicates: true,
  columns: `site LowCardinality(String) CODEC(ZSTD(1)),
  dimension UInt8 CODEC(ZSTD(1)),
  value String CODEC(LZ4),
  day Date CODEC(ZSTD(1)),
  views UInt64 CODEC(T64, LZ4),
  events UInt64 CODEC(T64, LZ4),
  visits UInt64 CODEC(T64, LZ4),
  visitors UInt64 CODEC(T64, LZ4),
  bounces Int64 CODEC(T64, LZ4),
  seconds UInt64 CODEC(T64, LZ4),
  engaged_ms UInt64 CODEC(T64, LZ4),
  scroll UInt64 CODEC(T64, LZ4),
  seen_visits UInt64 CODEC(T64, LZ4),
  seen_visitors UInt64 CODEC(T64, LZ4),
  moves UInt64 CODEC(T64, LZ4)`,
  engine: 'SummingMergeTree',
  clauses: `
PARTITION BY toYear(day)
ORDER BY (site, dimension, day, value)`,
};

const logs: Table = {
  name: 'logs',
  placement: 'shards',
  deduplicates: true,
  columns: `site LowCardinality(String) CODEC(ZSTD(1)),
  ts DateTime('UTC') CODEC(Delta, ZSTD(1)),
  day Date CODEC(ZSTD(1)),
  kind UInt8 CODEC(ZSTD(1)),
  severity LowCardinality(String) CODEC(ZSTD(1)),
  message String CODEC(ZSTD(3)),
  fingerprint String CODEC(ZSTD(1)),
  stack String CODEC(ZSTD(3)),
  hostname LowCardinality(String) CODEC(ZSTD(1)),
  page LowCardinality(String) CODEC(ZSTD(1)),
  browser LowCardinality(String) CODEC(ZSTD(1)),
  browser_version LowCardinality(String) CODEC(ZSTD(1)),
  os LowCardinality(String) CODEC(ZSTD(1)),
  device LowCardinality(String) CODEC(ZSTD(1)),
  release LowCardinality(String) CODEC(ZSTD(1)),
  attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  keep_until Date CODEC(ZSTD(1))`,
  engine: 'MergeTree',
  clauses: `
PARTITION BY toYYYYMM(day)
ORDER BY (site, ts)
TTL keep_until DELETE`,
};

const hitsView: IntakeView = {
  name: 'hits_from_intake',
  to: 'hits',
  select: (
    intake,
  ) => `SELECT site, ts, day, hour, visit, step, kind, hostname, page, title, prev_page, name, props, fingerprint, entry_page, source,
  channel, referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term, browser, browser_version, os,
  os_version, device, screen, language, country, first_visit, views, events, visits, visitors, bounces, seconds,
  engaged_ms, scroll, hit_until AS keep_until
FROM ${intake}
WHERE kind IN (1, 2, 3, 4) AND hit_until > day`,
};

/**
 * One view for all of `sums`, with parallel arrays: the cheapest way measured. An element without a value is left out.
 * `own` is 0 on the one element that is not about the hit's own page: the move away from the page before.
 */
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
  [0, 1, ${ROLLUPS.map(([dimension]) => dimension).join(', ')}, 10, 2]::Array(UInt8) AS dimension,
  [if(h.kind = 6, '', '*'), if(h.kind = 6, '', toString(toUnixTimestamp(h.hour))), ${ROLLUPS.map(([, column]) =>
    column === 'name' ? `if(h.kind = 2, toString(h.name), '')` : `toString(h.${column})`,
  ).join(', ')}, toString(h.prev_page), if(h.kind = 6, toString(h.name), '')] AS value,
  [1, 1, ${ROLLUPS.map(() => 1).join(', ')}, 0, 1]::Array(UInt8) AS own,
  [0, 0, ${seen('visits')}, 0, 0]::Array(UInt8) AS element_visits,
  [0, 0, ${seen('visitors')}, 0, 0]::Array(UInt8) AS element_visitors
WHERE value != '' AND h.kind IN (1, 2, 3, 6)
  AND (h.kind = 6 OR h.views OR h.events OR h.engaged_ms OR h.scroll)
GROUP BY site, dimension, value, day`,
};

const logsView: IntakeView = {
  name: 'logs_from_intake',
  to: 'logs',
  select: (
    intake,
  ) => `SELECT site, ts, toDate(ts) AS day, kind, severity, message, fingerprint, stack, hostname, page, browser, browser_version, os,
  device, release, props AS attributes, log_until AS keep_until
FROM ${intake}
WHERE kind IN (4, 5) AND log_until > toDate(ts)`,
};

/** The tables and views of version 1. */
export const tables = (topology: Topology): string[] => [
  ...[config, intake, hits, sums, logs].flatMap((table) => createTable(table, topology)),
  ...[hitsView, sumsView, logsView].flatMap((view) => createView(view, topology)),
];

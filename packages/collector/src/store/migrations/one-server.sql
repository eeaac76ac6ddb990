CREATE TABLE IF NOT EXISTS migrations (
  version UInt32,
  applied DateTime('UTC') DEFAULT now()
) ENGINE = ReplacingMergeTree ORDER BY version;

CREATE TABLE IF NOT EXISTS config (
  kind LowCardinality(String),
  id String,
  version UInt64,
  body String,
  deleted UInt8
) ENGINE = ReplacingMergeTree(version) ORDER BY (kind, id);

CREATE TABLE IF NOT EXISTS intake (
  `site` LowCardinality(String),
  `ts` DateTime('UTC'),
  `day` Date,
  `hour` DateTime('UTC'),
  `visit` UInt64,
  `step` UInt32,
  `kind` UInt8,
  `hostname` LowCardinality(String),
  `page` LowCardinality(String),
  `title` LowCardinality(String),
  `prev_page` LowCardinality(String),
  `name` LowCardinality(String),
  `props` Map(LowCardinality(String), String),
  `fingerprint` String,
  `severity` LowCardinality(String),
  `message` String,
  `stack` String,
  `release` LowCardinality(String),
  `hit_until` Date,
  `log_until` Date,
  `entry_page` LowCardinality(String),
  `source` LowCardinality(String),
  `channel` LowCardinality(String),
  `referrer` LowCardinality(String),
  `utm_source` LowCardinality(String),
  `utm_medium` LowCardinality(String),
  `utm_campaign` LowCardinality(String),
  `utm_content` LowCardinality(String),
  `utm_term` LowCardinality(String),
  `browser` LowCardinality(String),
  `browser_version` LowCardinality(String),
  `os` LowCardinality(String),
  `os_version` LowCardinality(String),
  `device` LowCardinality(String),
  `screen` LowCardinality(String),
  `language` LowCardinality(String),
  `country` LowCardinality(String),
  `first_visit` UInt8,
  `views` UInt8,
  `events` UInt32,
  `visits` UInt8,
  `visitors` UInt8,
  `bounces` Int8,
  `seconds` UInt32,
  `engaged_ms` UInt32,
  `scroll` UInt8,
  `page_visits` UInt8,
  `page_visitors` UInt8,
  `event_visits` UInt8,
  `event_visitors` UInt8
) ENGINE = Null;

CREATE TABLE IF NOT EXISTS hits (
  site LowCardinality(String) CODEC(ZSTD(1)),
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
  keep_until Date CODEC(ZSTD(1))
) ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (site, day, visit, ts)
TTL keep_until DELETE
SETTINGS non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS sums (
  site LowCardinality(String) CODEC(ZSTD(1)),
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
  moves UInt64 CODEC(T64, LZ4)
) ENGINE = SummingMergeTree
PARTITION BY toYear(day)
ORDER BY (site, dimension, day, value)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS logs (
  site LowCardinality(String) CODEC(ZSTD(1)),
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
  keep_until Date CODEC(ZSTD(1))
) ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (site, ts)
TTL keep_until DELETE
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS hits_from_intake TO hits AS
SELECT site, ts, day, hour, visit, step, kind, hostname, page, title, prev_page, name, props, fingerprint, entry_page, source,
  channel, referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term, browser, browser_version, os,
  os_version, device, screen, language, country, first_visit, views, events, visits, visitors, bounces, seconds,
  engaged_ms, scroll, hit_until AS keep_until
FROM intake
WHERE kind IN (1, 2, 3, 4) AND hit_until > day;

CREATE MATERIALIZED VIEW IF NOT EXISTS sums_from_intake TO sums AS
SELECT
  h.site AS site, dimension, value, h.day AS day,
  sum(h.views * own) AS views, sum(h.events * own) AS events, sum(h.visits * own) AS visits,
  sum(h.visitors * own) AS visitors, sum(h.bounces * own) AS bounces, sum(h.seconds * own) AS seconds,
  sum(h.engaged_ms * own) AS engaged_ms, sum(h.scroll * own) AS scroll,
  sum(element_visits) AS seen_visits, sum(element_visitors) AS seen_visitors, sum(1 - own) AS moves
FROM intake AS h
ARRAY JOIN
  [0, 1, 10, 11, 12, 20, 21, 22, 23, 24, 25, 26, 27, 30, 31, 32, 33, 34, 35, 36, 40, 10, 2]::Array(UInt8) AS dimension,
  [if(h.kind = 6, '', '*'), if(h.kind = 6, '', toString(toUnixTimestamp(h.hour))), toString(h.page), if(h.kind = 2, toString(h.name), ''), toString(h.entry_page), toString(h.source), toString(h.channel), toString(h.referrer), toString(h.utm_source), toString(h.utm_medium), toString(h.utm_campaign), toString(h.utm_content), toString(h.utm_term), toString(h.browser), toString(h.browser_version), toString(h.os), toString(h.os_version), toString(h.device), toString(h.screen), toString(h.language), toString(h.country), toString(h.prev_page), if(h.kind = 6, toString(h.name), '')] AS value,
  [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1]::Array(UInt8) AS own,
  [0, 0, page_visits, event_visits, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]::Array(UInt8) AS element_visits,
  [0, 0, page_visitors, event_visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]::Array(UInt8) AS element_visitors
WHERE value != '' AND h.kind IN (1, 2, 3, 6)
  AND (h.kind = 6 OR h.views OR h.events OR h.engaged_ms OR h.scroll)
GROUP BY site, dimension, value, day;

CREATE MATERIALIZED VIEW IF NOT EXISTS logs_from_intake TO logs AS
SELECT site, ts, toDate(ts) AS day, kind, severity, message, fingerprint, stack, hostname, page, browser, browser_version, os,
  device, release, props AS attributes, log_until AS keep_until
FROM intake
WHERE kind IN (4, 5) AND log_until > toDate(ts);

ATTACH TABLE IF NOT EXISTS hits_from_intake;

ATTACH TABLE IF NOT EXISTS sums_from_intake;

ATTACH TABLE IF NOT EXISTS intake;

ALTER TABLE hits
  ADD COLUMN IF NOT EXISTS region LowCardinality(String) CODEC(ZSTD(1)),
  ADD COLUMN IF NOT EXISTS city LowCardinality(String) CODEC(ZSTD(1)),
  ADD COLUMN IF NOT EXISTS revenue Int64 CODEC(T64, ZSTD(1)),
  ADD COLUMN IF NOT EXISTS currency LowCardinality(String) CODEC(ZSTD(1)),
  ADD COLUMN IF NOT EXISTS via LowCardinality(String) CODEC(ZSTD(1));

ALTER TABLE intake
  ADD COLUMN IF NOT EXISTS region LowCardinality(String),
  ADD COLUMN IF NOT EXISTS city LowCardinality(String),
  ADD COLUMN IF NOT EXISTS revenue Int64,
  ADD COLUMN IF NOT EXISTS currency LowCardinality(String),
  ADD COLUMN IF NOT EXISTS via LowCardinality(String);

ALTER TABLE hits_from_intake MODIFY QUERY
SELECT site, ts, day, hour, visit, step, kind, hostname, page, title, prev_page, name, props, fingerprint, entry_page, source,
  channel, referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term, browser, browser_version, os,
  os_version, device, screen, language, country, first_visit, views, events, visits, visitors, bounces, seconds,
  engaged_ms, scroll, hit_until AS keep_until, region, city, revenue, currency, via
FROM intake
WHERE kind IN (1, 2, 3, 4) AND hit_until > day;

ALTER TABLE sums_from_intake MODIFY QUERY
SELECT
  h.site AS site, dimension, value, h.day AS day,
  sum(h.views * own) AS views, sum(h.events * own) AS events, sum(h.visits * own) AS visits,
  sum(h.visitors * own) AS visitors, sum(h.bounces * own) AS bounces, sum(h.seconds * own) AS seconds,
  sum(h.engaged_ms * own) AS engaged_ms, sum(h.scroll * own) AS scroll,
  sum(element_visits) AS seen_visits, sum(element_visitors) AS seen_visitors, sum(1 - own) AS moves
FROM intake AS h
ARRAY JOIN
  [0, 1, 10, 11, 12, 20, 21, 22, 23, 24, 25, 26, 27, 30, 31, 32, 33, 34, 35, 36, 40, 41, 42, 10, 2, 3]::Array(UInt8) AS dimension,
  [if(h.kind IN (6, 7), '', '*'), if(h.kind IN (6, 7), '', toString(toUnixTimestamp(h.hour))), toString(h.page), if(h.kind = 2, toString(h.name), ''), toString(h.entry_page), toString(h.source), toString(h.channel), toString(h.referrer), toString(h.utm_source), toString(h.utm_medium), toString(h.utm_campaign), toString(h.utm_content), toString(h.utm_term), toString(h.browser), toString(h.browser_version), toString(h.os), toString(h.os_version), toString(h.device), toString(h.screen), toString(h.language), toString(h.country), toString(h.region), toString(h.city), toString(h.prev_page), if(h.kind = 6, toString(h.name), ''), if(h.kind = 7, toString(h.name), '')] AS value,
  [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1]::Array(UInt8) AS own,
  [0, 0, page_visits, event_visits, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]::Array(UInt8) AS element_visits,
  [0, 0, page_visitors, event_visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]::Array(UInt8) AS element_visitors
WHERE value != '' AND h.kind IN (1, 2, 3, 6, 7)
  AND (h.kind IN (6, 7) OR h.views OR h.events OR h.engaged_ms OR h.scroll)
GROUP BY site, dimension, value, day;

DETACH TABLE IF EXISTS intake SYNC;

DETACH TABLE IF EXISTS hits_from_intake SYNC;

DETACH TABLE IF EXISTS sums_from_intake SYNC;

ATTACH TABLE IF NOT EXISTS hits_from_intake;

ATTACH TABLE IF NOT EXISTS sums_from_intake;

ATTACH TABLE IF NOT EXISTS intake;

ATTACH TABLE IF NOT EXISTS hits_from_intake;

ATTACH TABLE IF NOT EXISTS sums_from_intake;

ATTACH TABLE IF NOT EXISTS intake;

ALTER TABLE hits
  ADD COLUMN IF NOT EXISTS hit_hour DateTime('UTC') DEFAULT hour CODEC(Delta, ZSTD(1)),
  ADD COLUMN IF NOT EXISTS visitor UInt64 CODEC(Delta, ZSTD(1)),
  ADD COLUMN IF NOT EXISTS earlier_ms UInt32 CODEC(T64, ZSTD(1)),
  ADD COLUMN IF NOT EXISTS earlier_scroll UInt8 CODEC(ZSTD(1));

ALTER TABLE sums
  ADD COLUMN IF NOT EXISTS later_visitors Int64 CODEC(T64, LZ4),
  ADD COLUMN IF NOT EXISTS revenue Int64 CODEC(T64, LZ4);

ALTER TABLE intake
  ADD COLUMN IF NOT EXISTS hit_hour DateTime('UTC') DEFAULT hour,
  ADD COLUMN IF NOT EXISTS visitor UInt64,
  ADD COLUMN IF NOT EXISTS earlier_ms UInt32,
  ADD COLUMN IF NOT EXISTS earlier_scroll UInt8,
  ADD COLUMN IF NOT EXISTS new_values UInt32,
  ADD COLUMN IF NOT EXISTS new_hour UInt8,
  ADD COLUMN IF NOT EXISTS earlier_than DateTime('UTC');

ALTER TABLE hits_from_intake MODIFY QUERY
SELECT site, ts, day, hour, visit, step, kind, hostname, page, title, prev_page, name, props, fingerprint, entry_page, source,
  channel, referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term, browser, browser_version, os,
  os_version, device, screen, language, country, first_visit, views, events, visits, visitors, bounces, seconds,
  engaged_ms, scroll, hit_until AS keep_until, region, city, revenue, currency, via, hit_hour, visitor, earlier_ms, earlier_scroll
FROM intake
WHERE kind IN (1, 2, 3, 4) AND hit_until > day;

ALTER TABLE sums_from_intake MODIFY QUERY
SELECT
  h.site AS site, dimension, value, h.day AS day,
  sum(h.views * hit) AS views, sum(h.events * hit) AS events, sum(h.visits * begin) AS visits,
  sum(h.visitors * hit) AS visitors, sum(h.bounces * begin) AS bounces, sum(h.seconds * begin) AS seconds,
  sum(h.engaged_ms * hit) AS engaged_ms, sum(h.scroll * hit) AS scroll,
  sum(element_visits) AS seen_visits, sum(element_visitors) AS seen_visitors, sum(move) AS moves,
  sum(element_later) AS later_visitors, sum(if(dimension = 13, h.revenue, 0)) AS revenue
FROM intake AS h
ARRAY JOIN
  [0, 1, 1, 1, 10, 11, 12, 13, 20, 21, 22, 23, 24, 25, 26, 27, 30, 31, 32, 33, 34, 35, 36, 40, 41, 42, 10, 2, 3]::Array(UInt8) AS dimension,
  [if(h.kind IN (6, 7), '', '*'), if(h.kind IN (6, 7), '', toString(toUnixTimestamp(h.hit_hour))), if(h.kind IN (6, 7), '', if(h.hit_hour = h.hour, '', toString(toUnixTimestamp(h.hour)))), if(h.kind IN (6, 7), '', if(toUInt32(h.earlier_than) = 0, '', toString(toUnixTimestamp(h.earlier_than)))), toString(h.page), if(h.kind = 2, toString(h.name), ''), toString(h.entry_page), toString(h.currency), toString(h.source), toString(h.channel), toString(h.referrer), toString(h.utm_source), toString(h.utm_medium), toString(h.utm_campaign), toString(h.utm_content), toString(h.utm_term), toString(h.browser), toString(h.browser_version), toString(h.os), toString(h.os_version), toString(h.device), toString(h.screen), toString(h.language), toString(h.country), toString(h.region), toString(h.city), toString(h.prev_page), if(h.kind = 6, toString(h.name), ''), if(h.kind = 7, toString(h.name), '')] AS value,
  [1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1]::Array(UInt8) AS hit,
  [1, h.hit_hour = h.hour, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0]::Array(UInt8) AS begin,
  [0, toUInt32(h.earlier_than) != 0, 0, -1, 0, 0, bitTest(h.new_values, 0), 0, bitTest(h.new_values, 1), bitTest(h.new_values, 2), bitTest(h.new_values, 3), bitTest(h.new_values, 4), bitTest(h.new_values, 5), bitTest(h.new_values, 6), bitTest(h.new_values, 7), bitTest(h.new_values, 8), 0, 0, 0, 0, 0, bitTest(h.new_values, 9), bitTest(h.new_values, 10), 0, 0, 0, 0, 0, 0]::Array(Int8) AS element_later,
  [0, 0, 0, 0, h.page_visits, h.event_visits, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]::Array(UInt8) AS element_visits,
  [0, h.new_hour, 0, 1, h.page_visitors, h.event_visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]::Array(UInt8) AS element_visitors,
  [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]::Array(UInt8) AS move
WHERE value != '' AND h.kind IN (1, 2, 3, 6, 7)
  AND (h.kind IN (6, 7) OR h.views OR h.events OR h.engaged_ms OR h.scroll)
GROUP BY site, dimension, value, day;

DETACH TABLE IF EXISTS intake SYNC;

DETACH TABLE IF EXISTS hits_from_intake SYNC;

DETACH TABLE IF EXISTS sums_from_intake SYNC;

ATTACH TABLE IF NOT EXISTS hits_from_intake;

ATTACH TABLE IF NOT EXISTS sums_from_intake;

ATTACH TABLE IF NOT EXISTS intake;

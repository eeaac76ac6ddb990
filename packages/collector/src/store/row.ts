/**
 * One row of `intake`: what is stored of a hit, a log record or a drop, with nothing in it that tells who it was.
 * `hits`, `sums` and `logs` are fed from it by materialised views.
 */
export interface Row extends VisitAttributes, Increments {
  /** Site id. */
  site: string;
  /** Time of the hit, Unix seconds. */
  ts: number;
  /** Local day of the visit, `YYYY-MM-DD`: it ends at midnight. */
  day: string;
  /** Start of the local hour in which the visit began, Unix seconds: visits, bounces and seconds are booked on it. */
  hour: number;
  /** Start of the local hour in which the hit happened, Unix seconds; of engagement: that of the visit's latest view or event. */
  hit_hour: number;
  /** Number of the visit as a decimal string (it has 53 bits and more); `'0'`: none known. */
  visit: string;
  /**
   * Running number of the browser among those of the site's local day, as a decimal string: 32 random bits of the process,
   * the site and the day, then 32 that count from 1. `'0'`: none known, and on what is never of a browser.
   */
  visitor: string;
  /** Position of the hit in its visit, from 1: orders the hits of one second. */
  step: number;
  kind: RowKind;
  hostname: string;
  page: string;
  title: string;
  /** Page of the visit's view before this one; empty on the first view and on what is no view. */
  prev_page: string;
  /** Name of the event or of the e-mail that was opened, or reason of the drop. */
  name: string;
  /** Properties of the event or of the page that was viewed, attributes of the log record. */
  props: Record<string, string>;
  /** Revenue of the event in thousandths of its currency; 0: none. A whole number, negative if money was given back. */
  revenue: number;
  /** Its currency, ISO 4217; empty: no revenue. */
  currency: string;
  /** How a view was reported: `image`: without JavaScript; empty: by the script. */
  via: '' | 'image';
  /**
   * Of engagement: milliseconds for which its view had been visible before, and the deepest point of it until then in
   * percent; with `engaged_ms` and `scroll` it is the view so far. Mostly 0: said as sums, they took twice the bytes.
   */
  earlier_ms: number;
  earlier_scroll: number;
  /** Groups equal errors: 16 hex digits; empty on what is no error. */
  fingerprint: string;
  severity: string;
  message: string;
  stack: string;
  release: string;
  /** Day after which the hit is deleted, `YYYY-MM-DD`; the day itself if it is never to be stored. */
  hit_until: string;
  /** The same for the log record. */
  log_until: string;
}

/** Kinds of rows and their numbers in the store. `open`: an e-mail was opened, which is never part of a visit; `blank`: what a purge left. */
export const ROW_KINDS = { view: 1, event: 2, engagement: 3, error: 4, log: 5, drop: 6, open: 7, blank: 8 } as const;
/** Kind of a row. */
export type RowKind = keyof typeof ROW_KINDS;

/** What a visit's first hit says for all its rows. */
export interface VisitAttributes {
  entry_page: string;
  source: string;
  channel: string;
  referrer: string;
  utm_source: string;
  utm_medium: string;
  utm_campaign: string;
  utm_content: string;
  utm_term: string;
  browser: string;
  browser_version: string;
  os: string;
  os_version: string;
  device: string;
  screen: string;
  language: string;
  country: string;
  /** `DE-BE`, or `DE: Name` where the region has no code; empty: not known, or the site does not keep it. */
  region: string;
  /** `DE: Berlin`; empty likewise. */
  city: string;
  /** 1: the visit is its browser's first of the local day. */
  first_visit: 0 | 1;
}

/** What a row adds to the numbers; summing them over any rows gives the metric. */
export interface Increments {
  /** 1 on a view. */
  views: number;
  /** 1 on an event; the number dropped on a drop, the number opened on an open. */
  events: number;
  /** 1 on a visit's first hit. */
  visits: number;
  /** 1 on that, if the visit is its browser's first of the local day. */
  visitors: number;
  /** +1 where a visit becomes a bounce, with its first view; −1 where it no longer is one: the second view, or an interactive event. */
  bounces: number;
  /** Seconds since the visit's previous view or event. */
  seconds: number;
  /** Milliseconds of visible time. */
  engaged_ms: number;
  /** Percent of the page's height seen for the first time. */
  scroll: number;
  /** 1 on a visit's first view or event on this page. Only in `sums`. */
  page_visits: number;
  /** 1 on a browser's first view or event of the day on this page. Only in `sums`: beside a visit's number it would tie visits together. */
  page_visitors: number;
  /** 1 on a visit's first event of this name. Only in `sums`. */
  event_visits: number;
  /** 1 on a browser's first event of this name of the day. Only in `sums`. */
  event_visitors: number;
  /**
   * On the first hit of a visit that is not its browser's first of the day: which of {@link NEW_VALUES} the browser has for
   * the first time today, the first of them as bit 0. Only in `sums`.
   */
  new_values: number;
  /** 1 on a browser's first view or event in an hour of the day, but for the hour of its earliest one. Only in `sums`. */
  new_hour: 0 | 1;
  /** On a late hit that is in an earlier hour than the browser's others of the day: the hour that was the earliest, Unix seconds; else 0. Only in `sums`. */
  earlier_than: number;
}

/** What a browser may have other values of on its later visits of a day. */
export const NEW_VALUES = [
  'entry_page',
  'source',
  'channel',
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_content',
  'utm_term',
  'screen',
  'language',
] as const satisfies readonly (keyof VisitAttributes)[];

/** No increments. */
export const NOTHING: Increments = {
  views: 0,
  events: 0,
  visits: 0,
  visitors: 0,
  bounces: 0,
  seconds: 0,
  engaged_ms: 0,
  scroll: 0,
  page_visits: 0,
  page_visitors: 0,
  event_visits: 0,
  event_visitors: 0,
  new_values: 0,
  new_hour: 0,
  earlier_than: 0,
};

/** What a row says that is of no visit and says nothing but its kind, its site and its time. */
export const EMPTY_ROW: Omit<Row, 'site' | 'ts' | 'day' | 'hour' | 'hit_hour' | 'kind' | 'hit_until' | 'log_until'> = {
  visit: '0',
  visitor: '0',
  step: 0,
  hostname: '',
  page: '',
  title: '',
  prev_page: '',
  name: '',
  props: {},
  revenue: 0,
  currency: '',
  via: '',
  earlier_ms: 0,
  earlier_scroll: 0,
  fingerprint: '',
  severity: '',
  message: '',
  stack: '',
  release: '',
  entry_page: '',
  source: '',
  channel: '',
  referrer: '',
  utm_source: '',
  utm_medium: '',
  utm_campaign: '',
  utm_content: '',
  utm_term: '',
  browser: '',
  browser_version: '',
  os: '',
  os_version: '',
  device: '',
  screen: '',
  language: '',
  country: '',
  region: '',
  city: '',
  first_visit: 0,
  ...NOTHING,
};

const TEXT = 'LowCardinality(String)';

/** The columns of `intake` and their ClickHouse types, in the order in which rows are sent; the migrations make them. */
export const INTAKE_COLUMNS = {
  site: TEXT,
  ts: "DateTime('UTC')",
  day: 'Date',
  hour: "DateTime('UTC')",
  visit: 'UInt64',
  step: 'UInt32',
  kind: 'UInt8',
  hostname: TEXT,
  page: TEXT,
  title: TEXT,
  prev_page: TEXT,
  name: TEXT,
  props: 'Map(LowCardinality(String), String)',
  fingerprint: 'String',
  severity: TEXT,
  message: 'String',
  stack: 'String',
  release: TEXT,
  hit_until: 'Date',
  log_until: 'Date',
  entry_page: TEXT,
  source: TEXT,
  channel: TEXT,
  referrer: TEXT,
  utm_source: TEXT,
  utm_medium: TEXT,
  utm_campaign: TEXT,
  utm_content: TEXT,
  utm_term: TEXT,
  browser: TEXT,
  browser_version: TEXT,
  os: TEXT,
  os_version: TEXT,
  device: TEXT,
  screen: TEXT,
  language: TEXT,
  country: TEXT,
  first_visit: 'UInt8',
  views: 'UInt8',
  events: 'UInt32',
  visits: 'UInt8',
  visitors: 'UInt8',
  bounces: 'Int8',
  seconds: 'UInt32',
  engaged_ms: 'UInt32',
  scroll: 'UInt8',
  page_visits: 'UInt8',
  page_visitors: 'UInt8',
  event_visits: 'UInt8',
  event_visitors: 'UInt8',
  region: TEXT,
  city: TEXT,
  revenue: 'Int64',
  currency: TEXT,
  via: TEXT,
  hit_hour: "DateTime('UTC')",
  visitor: 'UInt64',
  earlier_ms: 'UInt32',
  earlier_scroll: 'UInt8',
  new_values: 'UInt32',
  new_hour: 'UInt8',
  earlier_than: "DateTime('UTC')",
} as const satisfies Record<keyof Row, string>;

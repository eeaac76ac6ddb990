/**
 * The wire: what a page sends to `POST /in`, version 1. This file is the contract between every SDK ever embedded and
 * every collector. Versions only grow: a collector understands all the versions it ever understood.
 *
 * One beacon is one request: what its items share stands once at the top, then the items in the order in which they
 * happened. Names are short because they are sent from other people's phones. The body is JSON, sent as `text/plain`
 * so that a browser asks no preflight.
 *
 * Everything marked optional may be missing, so that a beacon can be written by hand; what is there and cannot be read
 * is as if it was missing. Texts are cut between words where there is a place near:
 *
 * @example
 * curl -i https://stats.example.com/in -H 'content-type: text/plain' \
 *   -d '{"s":"example.com","u":"https://example.com/pricing","i":[{"k":"view"}]}'
 */
export interface Beacon {
  /** Version of this contract. Missing: 1. */
  v?: 1;
  /**
   * Batch id: 8 to 64 characters of `A-Z a-z 0-9 _ -`, drawn at random for each beacon and kept over its retries. By one of
   * another shape a retry is not recognised.
   */
  b?: string;
  /** The site, by its domain as registered or one of its other names. At most 253 characters. */
  s: string;
  /** Address of the page, absolute, http(s); of a `file:` page only the file's name is taken. At most 4,096 characters. */
  u: string;
  /** Title of the page. Cut after 300 characters. */
  t?: string;
  /** Referrer, sent only with the first view of a load. At most 4,096 characters. */
  r?: string;
  /** Width of the window as a class. */
  w?: WidthClass;
  /** Release of the site's own software, for logs and errors. Cut after 64 characters. */
  rel?: string;
  /**
   * Properties of the page: they stand on each of its views and events, as far as they are no more than 64 KiB on all of
   * them together. Where an event has one of the same name, its own wins. Also as JSON in a text.
   */
  p?: Properties | string;
  /**
   * The items, 1 to 100. One that cannot be read is left out, and the others count; so is one that does not fit into the
   * 448 KiB of texts that a beacon may become, with what all its items share copied to each.
   */
  i: Item[];
}

/** Width of the window in CSS pixels: `s` < 640 ≤ `m` < 1024 ≤ `l` < 1440 ≤ `xl`. */
export type WidthClass = 's' | 'm' | 'l' | 'xl';

/** One hit: anything a page reports. */
export type Item = ViewItem | EventItem | EngageItem | LogItem | ErrorItem;

interface Aged {
  /** Age: milliseconds between the moment the item happened and the moment its beacon was sent. Missing: 0. */
  a?: number | undefined;
}

/** A pageview. */
export interface ViewItem extends Aged {
  k: 'view';
}

/** Something a visitor did, or that happened to them. It starts or extends a visit. */
export interface EventItem extends Aged {
  k: 'event';
  /** Name. Cut after 120 characters; one of which nothing is left or seen is `(none)`. */
  n: string;
  /** Properties. */
  p?: Properties | null | undefined;
  /**
   * What the event is worth: `[12.5, 'EUR']`, or as people write it: `12.50 EUR`, `12,50 €`, `EUR 1,234.50`. What cannot be
   * read, or may be two amounts (`1,234 EUR`), is left out.
   */
  $?: Revenue | string | undefined;
  /** Not interactive: nobody did anything, so a visit with it may still be a bounce. Missing: somebody did. */
  ni?: 1 | undefined;
}

/** Engagement with the page since the last such item: deltas, sent when the page is hidden. */
export interface EngageItem extends Aged {
  k: 'engage';
  /** Milliseconds the page was visible. */
  ms: number;
  /** How much further the page was seen, in percent of its height; the sum over a view is at most 100. */
  sc?: number;
  /** Milliseconds the page was visible since its view began, those of this item among them. Missing, or less: `ms`. */
  vm?: number;
  /** How far the page was seen since its view began, in percent of its height. Missing, or less: `sc`. */
  vs?: number;
}

/** A line the page logged. */
export interface LogItem extends Aged {
  k: 'log';
  /** Severity, also as other loggers call it (`warning`, `critical`, 50); what none of them knows is `info`. */
  l?: Severity | undefined;
  /** Message. Cut after 4,096 characters. */
  m: string;
  /** Attributes. */
  p?: Properties | null | undefined;
}

/** An uncaught error or rejection. */
export interface ErrorItem extends Aged {
  k: 'error';
  /** Message, with the error's name before it. Cut after 4,096 characters. */
  m: string;
  /** Stack as the browser writes it, or with the message before it; `Caused by: …` begins the next. Cut after 16,384 characters. */
  st?: string | undefined;
}

/** Severity of a log line, the least first. */
export type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** The same, or what other loggers call it. */
export type Severity = Level | (string & {}) | number;

/**
 * At most 30 properties with names of 1 to 64 characters; others are left out. Values are kept as text, cut after 500
 * characters; objects in them as `[object]`. What is no object, or a text that is not the JSON of one, is no properties.
 */
export type Properties = Record<string, string | number | boolean | null>;

/**
 * An amount of money: between -1,000,000,000 and 1,000,000,000, of which three decimals are kept (a refund is negative),
 * and the ISO 4217 code of its currency, three letters.
 */
export type Revenue = [amount: number, currency: string];

/**
 * Names and properties of the events that the SDK reports by itself. `url` is the origin and path of what was
 * followed, `form` the form's id or name, `path` the path it is sent to or the one that was not found.
 */
export interface AutomaticEvents {
  'Outbound link': { url: string };
  'File download': { url: string };
  'Form submission': { form: string; path: string };
  '404': { path: string };
}

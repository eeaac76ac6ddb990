import type { Beacon, Item } from './wire.ts';

declare global {
  interface Document {
    /** Chromium prepares a page that may never be shown. */
    readonly prerendering?: boolean;
  }
}

/** What the items of a page share. */
export type Page = Partial<{ [Name in Exclude<keyof Beacon, 'i'>]: Beacon[Name] | undefined }>;

/** The page as it is now. A load has one at a time, and one queue. */
export const page: Page = {};

/** Characters of JSON that wait together, of up to three bytes each: the collector takes 64 KiB, of which the page is a part. */
const MOST_CHARACTERS = 15_000;
/** Items that wait together: the collector takes as many. */
const MOST_ITEMS = 100;
/** Longer texts are cut here, to what the collector keeps of them there. */
const LONGEST_TEXT = 4096;
const LONGEST_TITLE = 300;

const waiting: Item[] = [];
let characters = 0;
/** Where nothing may be reported, it stays this. */
let send = (_page: Page, _items: Item[]): void => {};

/** Says how items are sent. */
export const sendBy = (way: typeof send): void => {
  send = way;
};

/** Sends what has happened so far. A page that is not shown yet waits until it is. */
export const flush = (): void => {
  if (document.prerendering || !waiting[0]) return;
  // An element of that name can stand in its place: https://html.spec.whatwg.org/#dom-document-nameditem
  page.t = String(page.t || document.title).slice(0, LONGEST_TITLE);
  send({ ...page }, waiting.splice(0));
  characters = 0;
  // Only the first view of a load was led to by it.
  page.r = undefined;
};

/**
 * Adds an item; it is sent within `delay` milliseconds (missing: at once), with all that came before it. Until then its
 * age is the moment at which it happened, by a clock that nobody sets.
 */
export const push = (item: Item, delay?: number): void => {
  const written = write({ ...item, a: performance.now() });
  // One that is too long alone spoils no other.
  if (waiting[MOST_ITEMS - 1] || characters + written.length > MOST_CHARACTERS) flush();
  characters += written.length;
  waiting.push(JSON.parse(written));
  setTimeout(flush, delay);
};

/** What no JSON can hold is made a text, as are objects within properties, which may hold each other. */
const write = (given: object): string => {
  let objects = 2;
  return JSON.stringify(given, (_, value) =>
    value == null || typeof value === 'number' || (typeof value === 'object' && objects-- > 0)
      ? value
      : String(value).slice(0, LONGEST_TEXT),
  );
};

/** Properties as they are now: a page may change its objects before the beacon leaves. */
export const copyOf = (p: Page['p']): Page['p'] => JSON.parse(write({ p })).p;

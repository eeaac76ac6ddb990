import { deliver } from './deliver.ts';
import { life } from './setup.ts';
import type { Beacon, Item } from './wire.ts';

/** What the items of a page share. */
export type Page = Partial<{ [Name in Exclude<keyof Beacon, 'i'>]: Beacon[Name] | undefined }>;

/** The page as it is now. A load has one at a time, and one queue. */
export const page: Page = {};

/** Items wait for others as long, and a view for the title of its page, which routers set after its address. */
const BATCH_MS = 1000;
/** Characters of JSON that wait together, of up to three bytes each: the collector takes 64 KiB, of which the page is a part. */
const MOST_CHARACTERS = 15_000;
/** Items that wait together: the collector takes as many. */
const MOST_ITEMS = 100;
/** Longer texts are cut here, to what the collector keeps of them there. */
const LONGEST_TEXT = 4096;
const LONGEST_TITLE = 300;

let waiting: Item[] = [];
let characters = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Nobody sees a page that is prerendered, or opened in a tab behind. */
let wasSeen = false;

/** Forgets what waited when it was stopped. */
export const forget = (): void => {
  waiting = [];
  characters = 0;
};

/** Whether the view of the page has not been sent yet. */
export const isFresh = (): boolean => waiting.some(({ k }) => k === 'view');

/** Sends what has happened so far. A page that nobody has seen yet waits until somebody does. */
export const flush = (): void => {
  timer = clearTimeout(timer) as undefined;
  wasSeen ||= !document.hidden;
  if (!wasSeen || !waiting[0]) return;
  // An element of that name can stand in its place: https://html.spec.whatwg.org/#dom-document-nameditem
  page.t = String(page.t || document.title).slice(0, LONGEST_TITLE);
  deliver({ ...page }, waiting.splice(0));
  characters = 0;
  // Only the first view of a load was led to by it.
  page.r = undefined;
};

/**
 * Adds an item; it is sent within a second, with all that came before it. Until then its age is the moment at which it
 * happened, by a clock that nobody sets.
 */
export const push = (item: Item): void => {
  if (!life) return;
  const written = write({ ...item, a: performance.now() });
  // One that is too long alone spoils no other.
  if (waiting[MOST_ITEMS - 1] || characters + written.length > MOST_CHARACTERS) flush();
  characters += written.length;
  waiting.push(JSON.parse(written));
  timer ||= setTimeout(flush, BATCH_MS);
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

import { listed } from './lists.ts';
import { isReported } from './paths.ts';
import { quietly } from './quietly.ts';
import { send } from './send.ts';
import { options, page } from './setup.ts';
import type { Item } from './wire.ts';

/** Items wait for others as long, and a view for the title of its page, which routers set after its address. */
const BATCH_MS = 1000;
/** As often the title is noted meanwhile: some routers set that of the next page before its address. */
const NOTE_MS = 100;
/** Characters of JSON that wait together, of up to three bytes each: the collector takes 64 KiB, of which the page is a part. */
const MOST_CHARACTERS = 15_000;
/** Items that wait together: the collector takes as many. */
const MOST_ITEMS = 100;
/** Longer texts are cut here, to what the collector keeps of the longest. */
const LONGEST_TEXT = 4096;

/** Items as JSON: as they were, whatever a page does later to what it passed. */
let waiting: string[];
let timer: ReturnType<typeof setTimeout> | undefined;
/** What the page was called lately, while its items wait. */
export let noted: string | undefined;
/** Nobody sees a page that is prerendered, or opened in a tab behind. */
let wasSeen: boolean;

/** Forgets what waited when it was stopped. */
export const forget = (): void => {
  waiting = [];
};

/** Whether somebody sees the page, or has. */
export const isSeen = (): boolean => {
  wasSeen ||= !document.hidden;
  return wasSeen;
};

/**
 * Sends what has happened so far, each item asked about, to whom it was said, as far as its page is to be reported. A page
 * that nobody has seen yet waits until somebody does. Each beacon has an id of its own, by which the collector knows it again.
 */
export const flush = quietly((): void => {
  timer = noted = clearTimeout(timer) as undefined;
  wasSeen ||= !document.hidden;
  if (!wasSeen || !waiting[0]) return;
  // An element of that name can stand in its place: https://html.spec.whatwg.org/#dom-document-nameditem
  page.t ??= `${document.title}`;
  const shared = JSON.parse(write(page));
  const { beforeSend = (item: Item) => item } = options;
  const ask = quietly(beforeSend);
  // When it happened is not the page's to say.
  const items: Item[] = JSON.parse(`[${waiting.splice(0)}]`).flatMap(({ a, ...item }: Item) => {
    const answer = ask(item as Item, shared);
    return answer ? { ...answer, a } : [];
  });
  // Only the first view of a load was led to by it.
  page.r = undefined;
  if (items[0] && isReported(shared.u))
    for (const to of listed(options.to))
      for (const s of listed(options.site, [location.hostname]))
        send(to, { ...shared, s, b: String(Math.random()).slice(2) }, items);
});

/**
 * Adds an item; it is sent within a second, or once the page has loaded, with all that came before it. Until then its age is the moment at which it
 * happened, by a clock that nobody sets.
 */
export const push = (item: Item): void => {
  const written = write({ ...item, a: performance.now() });
  // One that is too long alone spoils no other.
  if (waiting[MOST_ITEMS - 1] || (waiting + written).length > MOST_CHARACTERS) flush();
  waiting.push(written);
  if (!timer) wait();
};

/** Begins when the page has loaded: what gives it a title, or another address, may come long after this script. */
const wait = (left = BATCH_MS): void => {
  timer = setTimeout(() => {
    noted = document.title;
    if (left > NOTE_MS) wait(document.readyState === 'complete' ? left - NOTE_MS : BATCH_MS);
    else flush();
  }, NOTE_MS);
};

/** What no JSON can hold is made a text, as are objects within properties, which may hold each other. */
const write = (given: object): string => {
  let objects = 2;
  return JSON.stringify(given, (_, value) =>
    value == null || typeof value === 'number' || (typeof value === 'object' && objects-- > 0)
      ? value
      : (quietly(String)(value) as string).slice(0, LONGEST_TEXT),
  );
};

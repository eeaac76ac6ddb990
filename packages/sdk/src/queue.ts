import { bytes, encode, type Header, MAX_BYTES, type Timed } from './send.ts';
import { text } from './text.ts';
import type { Item } from './wire.ts';

/** Collects items for a moment, so that one beacon carries several. */
export interface Queue {
  /** Adds an item; it is sent within `delay` milliseconds (missing: a second), with all that came before it. */
  push(item: Item, delay?: number): void;
  /** Sends what has happened so far. Before the first `turn` there is no page, and it waits. */
  flush(): void;
  /** From here on items happen on another page; those of the page before are sent. */
  turn(page: Header): void;
}

const BATCH_MS = 1000;
const MAX_ITEMS = 100;

/** Makes the queue of a load. */
export const createQueue = (send: (header: Header, items: Timed[]) => void): Queue => {
  const waiting: Timed[] = [];
  let page: Header | undefined;

  const flush = (): void => {
    while (page && waiting[0]) {
      // An element of that name can stand in its place: https://html.spec.whatwg.org/#dom-document-nameditem
      page.t ??= text(document.title, 300);
      const header = { ...page, b: crypto.getRandomValues(new Uint32Array(5)).join('-') };
      const items = waiting.slice(0, MAX_ITEMS);
      while (items[0] && bytes(encode(header, items)) >= MAX_BYTES) items.length >>= 1;
      // An item that is too long alone cannot be sent at all.
      waiting.splice(0, items.length || 1);
      if (items[0]) send(header, items);
      page.r = undefined;
    }
  };

  return {
    push(item, delay = BATCH_MS) {
      waiting.push({ ...item, at: Date.now() });
      setTimeout(flush, delay);
    },
    flush,
    turn(next) {
      flush();
      page = next;
    },
  };
};

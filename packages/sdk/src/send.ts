import type { Page } from './queue.ts';
import { life } from './setup.ts';
import type { Item } from './wire.ts';

/**
 * The body of a beacon that is sent now: items say how long ago they happened. Their list is written here, as pages can
 * have one that is written as a text (`Array.prototype.toJSON` of older Prototype.js).
 */
const encode = (page: Page, items: Item[]): string =>
  `${JSON.stringify(page).slice(0, -1)},"i":[${items.map((item) =>
    JSON.stringify({ ...item, a: performance.now() - (item.a as number) }),
  )}]}`;

/**
 * Sends a beacon. One that fails (no answer, 429, 5xx) is sent again from memory with the same batch id after 2, 8, 32
 * and 128 seconds. The collector drops what is older than ten minutes, and remembers for as long which beacons it has had.
 */
export const send = async (to: string, page: Page, items: Item[], seconds = 2): Promise<void> => {
  if (!life) return;
  try {
    const { status } = await fetch(to, {
      method: 'POST',
      body: encode(page, items),
      // So that it outlives the page. Browsers refuse more than 64 KiB of such at a time, which then goes without:
      // https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
      keepalive: seconds < 3,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    if (status < 429) return;
  } catch {
    // No answer: offline, blocked, or the collector is away.
  }
  if (seconds < 500) setTimeout(send, seconds * 1000, to, page, items, seconds * 4);
};

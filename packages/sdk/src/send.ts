import { type Page, page } from './setup.ts';
import type { Item } from './wire.ts';

/**
 * Sends a beacon, whose items say how long ago they happened. One that fails (no answer, 429, 5xx) is sent again from memory
 * with the same batch id after 2, 8, 32 and 128 seconds. The collector drops what is older than ten minutes, and remembers
 * for as long which beacons it has had.
 */
export const send = async (to: string, shared: Page, items: Item[], seconds = 2): Promise<void> => {
  try {
    if (
      !page ||
      (
        await fetch(to, {
          method: 'POST',
          body: JSON.stringify({
            ...shared,
            i: items.map((item) => ({ ...item, a: performance.now() - (item.a as number) })),
          }),
          // So that it outlives the page. Browsers refuse more than 64 KiB of such at a time, which then goes without:
          // https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
          keepalive: seconds < 3,
          credentials: 'omit',
          referrerPolicy: 'no-referrer',
        })
      ).status < 429
    )
      return;
  } catch {
    // No answer: offline, blocked, or the collector is away.
  }
  if (seconds < 300) setTimeout(send, seconds * 1000, to, shared, items, seconds * 4);
};

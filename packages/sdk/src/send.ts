import type { Beacon, Item } from './wire.ts';

/** What the items of a beacon share. */
export type Header = Partial<{ [Name in Exclude<keyof Beacon, 'i'>]: Beacon[Name] | undefined }>;

/** An item and the Unix milliseconds at which it happened. */
export type Timed = Item & { at: number };

/**
 * Most bytes of a beacon, and of those under way that may outlive the page: browsers refuse more than 64 KiB together
 * (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
 */
export const MAX_BYTES = 60_000;

/** The collector drops what is older, and remembers for as long which beacons it has had. */
const MAX_AGE_MS = 600_000;

/** The body of a beacon that is sent now: items say how long ago they happened. */
export const encode = (header: Header, items: Timed[]): string =>
  JSON.stringify({ ...header, i: items.map(({ at, ...item }) => ({ ...item, a: age(at) })) });

/** Bytes of a text on the wire. */
export const bytes = (text: string): number => new Blob([text]).size;

/** The clock may have been set back meanwhile. */
const age = (at: number): number => Math.max(0, Date.now() - at);

/**
 * Makes a function that sends beacons to `to`. One that fails (no answer, 429, 5xx) is sent again from memory with the
 * same batch id, after what `Retry-After` says and 2, 8, 32, 128 seconds (up to twice that, by chance, so that browsers
 * do not come back all at once), until its items are ten minutes old.
 */
export const createSend = (to: string): ((header: Header, items: Timed[]) => void) => {
  let underWay = 0;

  const send = async (header: Header, items: Timed[], backoff = 2): Promise<void> => {
    const body = encode(header, items);
    const size = bytes(body);
    let wait = backoff * (1 + Math.random());
    underWay += size;
    try {
      // Firefox before 133 has no keepalive; its sendBeacon outlives the page, but brings no answer.
      if (!('keepalive' in Request.prototype) && navigator.sendBeacon(to, body)) return;
      const { status, headers } = await fetch(to, {
        method: 'POST',
        body,
        keepalive: underWay < MAX_BYTES,
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      });
      if (status < 500 && status !== 429) return;
      wait += Number(headers.get('retry-after')) || 0;
    } catch {
      // No answer: offline, blocked, or the collector is away.
    } finally {
      underWay -= size;
    }
    setTimeout(() => {
      if (items.every(({ at }) => age(at) < MAX_AGE_MS)) send(header, items, backoff * 4);
    }, wait * 1000);
  };
  return send;
};

import type { IncomingMessage } from 'node:http';

/** Browsers send at most this much with `keepalive` (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). */
export const MAX_BODY_BYTES = 64 * 1024;

/** How much is read of what is refused as too long: mistakes of pages are within it, and proxies pass them on in one go. */
const MOST_BYTES = 1024 * 1024;
/** How long what is refused already is read, in milliseconds. */
const MOST_MS = 2000;

/** What ends a request, however it ends. */
const ENDS = ['end', 'error', 'close'] as const;

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** A body as far as it was read. */
export interface Body {
  /** At most one byte more than is allowed: that tells it. */
  readonly bytes: Buffer;
  /** It was read to its end. */
  readonly isWhole: boolean;
}

/**
 * A piece of a body to keep: by itself, as it is a part of all that came from the socket in one go, which would be kept
 * with it. The first one may be: most bodies have no other.
 */
export const ownPiece = (chunk: Buffer, isFirst: boolean): Buffer => (isFirst ? chunk : Buffer.from(chunk));

/**
 * Reads a body to its end, also one that will be refused: a connection that is closed on unread bytes is reset, and proxies
 * make 502 of it. Of what is far too long the end is not waited for.
 * @returns null if the client has gone away
 */
export const readWhole = (request: IncomingMessage): Promise<Body | null> =>
  new Promise((resolve) => {
    const kept: Buffer[] = [];
    let bytes = 0;
    const bodyOf = (isWhole: boolean): Body => ({
      bytes: Buffer.concat(kept).subarray(0, MAX_BODY_BYTES + 1),
      isWhole,
    });
    const take = (chunk: Buffer): void => {
      if (bytes <= MAX_BODY_BYTES) kept.push(ownPiece(chunk, kept.length === 0));
      bytes += chunk.length;
      if (bytes <= MOST_BYTES) return;
      request.off('data', take);
      resolve(bodyOf(false));
    };
    request.on('data', take);
    request.once('end', () => resolve(bodyOf(true)));
    for (const event of ['error', 'close']) request.once(event, () => resolve(null));
  });

/**
 * Reads what is left of a request that was answered, and throws it away, within bounds.
 * @param done is called once: nothing more comes, or nothing more is read
 */
export const discardBody = (request: IncomingMessage, done: () => void): void => {
  let bytes = 0;
  const end = (): void => {
    clearTimeout(timer);
    request.off('data', count);
    for (const event of ENDS) request.off(event, end);
    done();
  };
  const count = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) end();
  };
  const timer = setTimeout(end, MOST_MS);
  for (const event of ENDS) request.once(event, end);
  request.on('data', count);
};

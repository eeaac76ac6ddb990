import type { IncomingMessage } from 'node:http';

/** Bodies that a page made too large by mistake are within these bounds; who sends more, or slower, is cut off. */
const MOST_BYTES = 1024 * 1024;
const MOST_MS = 2000;

const ENDS = ['end', 'error', 'close'] as const;

/**
 * Reads what is left of a request and throws it away, within bounds.
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

import { setTimeout as sleep } from 'node:timers/promises';
import { elapsed as systemElapsed } from '../lib/system.ts';

/** How {@link gently} rests. */
export interface Pace {
  /** Milliseconds, however the clock is set. Missing: the machine's. */
  readonly elapsed?: () => number;
  /** Waits so many milliseconds, or until the signal. Missing: as the machine does. */
  readonly rest?: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Whoever waits for the end: the rest is let be. */
  readonly signal: AbortSignal;
}

/** Rests are so much longer than the work before them: what is done beside it has the machine for most of the time. */
const SHARE = 3;
/** The longest rest, in milliseconds. */
const MOST_MS = 3000;

/**
 * Gives what comes, and rests after each piece, so that hits that come in meanwhile are not kept waiting.
 * @throws the signal's reason
 */
export const gently = async function* <T>(pieces: AsyncIterable<T>, pace: Pace): AsyncGenerator<T> {
  const { elapsed = systemElapsed, rest = sleepUntil, signal } = pace;
  let begun = elapsed();
  for await (const piece of pieces) {
    signal.throwIfAborted();
    yield piece;
    await rest(Math.min(MOST_MS, SHARE * (elapsed() - begun)), signal);
    signal.throwIfAborted();
    begun = elapsed();
  }
};

const sleepUntil = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal });

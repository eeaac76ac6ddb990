import { useCallback, useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api/client.ts';
import { nextTick, pause } from './clock.ts';

/** What a request has brought so far. */
export interface Loaded<T> {
  /** The newest answer; while the next question is under way, the answer to the one before. */
  readonly data: T | null;
  /** `data` answers an earlier question. */
  readonly waiting: boolean;
  /** Why there is no answer to show. */
  readonly error: ApiError | null;
  /** Why the last try failed for a moment, though there may be an older answer to show. */
  readonly failing: ApiError | null;
  /** Asks again. */
  readonly retry: () => void;
}

/** The error that is shown in place of an answer; null: there is one, or an older one that does until the next try. */
export const errorToShow = ({ data, error, waiting }: Loaded<unknown>): ApiError | null =>
  error && (data === null || (waiting && !error.passing)) ? error : null;

/** How a request is repeated. */
export interface Repeat {
  /** Asked again, quietly, at each so many ticks of the page's clock while the page is visible; null: asked once. */
  readonly every?: number | null;
}

interface Held<T> {
  readonly key: string;
  readonly data: T | null;
  readonly error: ApiError | null;
}

/** How soon a request that failed for a moment is tried again, in milliseconds, and how soon at the longest. */
const AFTER_FAILURE = 5000;
const AT_THE_LONGEST = 60_000;

/**
 * Milliseconds until the next try after so many failures on end: the more a collector has to do, the less it is asked.
 *
 * @example [1, 2, 3, 4, 5].map(afterFailures) // [5000, 10000, 20000, 40000, 60000]
 */
export const afterFailures = (count: number): number => Math.min(AT_THE_LONGEST, AFTER_FAILURE * 2 ** (count - 1));

const visible = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (!document.hidden) return resolve();
    document.addEventListener('visibilitychange', () => resolve(), { once: true, signal });
  });

const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError(0, '', String(error));

/**
 * Loads what `load` brings, and again when `key` changes. The former answer stays until the new one is there, and
 * quiet repetitions leave no trace until they bring something.
 *
 * @param key Names the request: the same key, the same answer but for the time. Null: nothing to ask yet.
 */
export const useLoad = <T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<T>,
  { every = null }: Repeat = {},
): Loaded<T> => {
  const [held, setHeld] = useState<Held<T>>({ key: '', data: null, error: null });
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);

  // `load` is made anew by each render; `key` says when it differs.
  useEffect(() => {
    if (key === null) return;
    const controller = new AbortController();
    void repeat(load, { key, every, signal: controller.signal, hold: setHeld });
    return () => controller.abort();
  }, [key, every, attempt]);

  const current = held.key === key;
  return {
    data: held.data,
    waiting: !current,
    error: current && held.data !== null ? null : held.error,
    failing: held.error?.passing ? held.error : null,
    retry,
  };
};

interface Repetition<T> {
  readonly key: string;
  readonly every: number | null;
  readonly signal: AbortSignal;
  readonly hold: (next: (held: Held<T>) => Held<T>) => void;
}

const repeat = async <T>(
  load: (signal: AbortSignal) => Promise<T>,
  { key, every, signal, hold }: Repetition<T>,
): Promise<void> => {
  let failures = 0;
  while (!signal.aborted) {
    let isPassing = false;
    try {
      const data = await load(signal);
      failures = 0;
      if (!signal.aborted) hold(() => ({ key, data, error: null }));
    } catch (cause) {
      const error = asApiError(cause);
      if (!signal.aborted) hold((held) => ({ key: held.key, data: held.data, error }));
      failures += 1;
      isPassing = error.passing;
    }
    if (signal.aborted || (every === null && !isPassing)) return;
    if (isPassing) await pause(afterFailures(failures), signal);
    else if (every !== null) await nextTick(every, signal);
    await visible(signal);
  }
};

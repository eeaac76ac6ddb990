/**
 * The page's clock: all that is asked again by itself is asked at its ticks, so that what falls on the same one goes in one
 * request. With the visitors of now at every third tick and the status at every eighth, a page that is left alone asks
 * at most twelve times a minute. It begins with the page: those of several readers do not ask at the same moment.
 */
const TICK_MS = 7_600;

/** How often something is asked again, in ticks. */
export const EVERY = { tick: 1, overview: 2, now: 3, status: 8 } as const;

interface Waiting {
  readonly at: number;
  readonly go: () => void;
}

const waiting = new Set<Waiting>();
let timer: ReturnType<typeof setTimeout> | undefined;

const ticksBy = (ms: number): number => Math.floor(ms / TICK_MS);

/** All that is due goes on in one task. */
const tick = (): void => {
  timer = undefined;
  // Timers may be early by less than a millisecond.
  const now = ticksBy(performance.now() + 1);
  for (const one of [...waiting].filter(({ at }) => at <= now)) {
    waiting.delete(one);
    one.go();
  }
  wind();
};

const wind = (): void => {
  if (timer !== undefined || waiting.size === 0) return;
  const next = Math.min(...[...waiting].map(({ at }) => at));
  timer = setTimeout(tick, next * TICK_MS - performance.now());
};

/** Waits until `begin` says that it is over, or until the signal does. `begin` returns what gives it up. */
const waitFor = (signal: AbortSignal, begin: (over: () => void) => () => void): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      giveUp();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const giveUp = begin(done);
    signal.addEventListener('abort', done);
  });

/** Waits for the next tick that `every` divides, or until the signal ends it. */
export const nextTick = (every: number, signal: AbortSignal): Promise<void> =>
  waitFor(signal, (go) => {
    const one = { at: (Math.floor(ticksBy(performance.now()) / every) + 1) * every, go };
    waiting.add(one);
    clearTimeout(timer);
    timer = undefined;
    wind();
    return () => waiting.delete(one);
  });

/** Waits so many milliseconds, or until the signal ends it. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  waitFor(signal, (over) => {
    const started = setTimeout(over, ms);
    return () => clearTimeout(started);
  });

/** Something that is to be done again and again. */
export interface Job {
  readonly name: string;
  /** Milliseconds between two beginnings; 0: at every tick. */
  readonly everyMs: number;
  /** A promise is waited for before the next job; what may take long is begun and not given back. */
  readonly run: () => unknown;
}

/**
 * Does each job when its time has come, one after the other in the order given: to be called about every second. A clock
 * that is set back or ahead makes a job due, not late by a day.
 * @param now Unix milliseconds
 * @example setInterval(createScheduler([{ name: 'sweep', everyMs: 60_000, run: () => memory.sweep(Date.now()) }], Date.now), 1000)
 */
export const createScheduler = (jobs: readonly Job[], now: () => number): (() => Promise<void>) => {
  const done = new Map(jobs.map(({ name }) => [name, now()]));
  return async () => {
    for (const { name, everyMs, run } of jobs) {
      if (Math.abs(now() - (done.get(name) ?? 0)) < everyMs) continue;
      done.set(name, now());
      await run();
    }
  };
};

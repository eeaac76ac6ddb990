/** Runs a job when all that were given before it have ended, however they ended. */
export type Mutex = <T>(job: () => Promise<T>) => Promise<T>;

/** A queue of jobs of which one runs at a time. */
export const createMutex = (): Mutex => {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const turn = last.then(job);
    last = turn.catch(() => undefined);
    return turn;
  };
};

/** All lanes are taken and the queue before them is full. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

/** Resources of which each serves one job at a time, behind one bounded queue. */
export interface Lanes<R> {
  /**
   * Runs the job on the first resource that is free; it has it for itself until its promise settles.
   * @throws BusyError if the queue is full; the job has not begun then
   */
  run<T>(job: (resource: R) => Promise<T>): Promise<T>;
  /** Milliseconds that the longest of the jobs under way has been running; 0: none is. */
  longest(): number;
}

/** @param now clock in milliseconds */
export const createLanes = <R>(resources: readonly R[], maxWaiting: number, now: () => number): Lanes<R> => {
  const free = [...resources];
  const begun = new Map<R, number>();
  const waiting: ((resource: R) => void)[] = [];

  const take = (): Promise<R> => {
    const resource = free.pop();
    if (resource !== undefined) return Promise.resolve(resource);
    if (waiting.length >= maxWaiting) return Promise.reject(new BusyError('the queue is full'));
    return new Promise((resolve) => waiting.push(resolve));
  };

  const giveBack = (resource: R): void => {
    const next = waiting.shift();
    if (next) next(resource);
    else free.push(resource);
  };

  return {
    async run(job) {
      const resource = await take();
      begun.set(resource, now());
      try {
        return await job(resource);
      } finally {
        begun.delete(resource);
        giveBack(resource);
      }
    },
    longest: () => (begun.size === 0 ? 0 : now() - Math.min(...begun.values())),
  };
};

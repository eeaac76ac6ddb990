/** All Sessions are taken and the queue before them is full. */
export class PoolFullError extends Error {
  override readonly name = 'PoolFullError';
}

/** Resources of which each serves one job at a time, behind one bounded queue. */
export interface SessionPool<R> {
  /**
   * Runs the job on the first resource that is free; it has it for itself until its promise settles.
   * @param signal a job that is still waiting when it is given never begins
   * @throws PoolFullError if the queue is full; the job has not begun then
   * @throws the signal's reason
   */
  run<T>(job: (resource: R) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Milliseconds that the longest of the jobs under way has been running; 0: none is. */
  longest(): number;
}

/** @param now clock in milliseconds */
export const createSessionPool = <R>(
  resources: readonly R[],
  maxWaiting: number,
  now: () => number,
): SessionPool<R> => {
  const free = [...resources];
  const begun = new Map<R, number>();
  /** In the order of asking. */
  const waiting = new Set<(resource: R) => void>();

  const wait = (signal?: AbortSignal): Promise<R> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.delete(begin);
        reject(signal?.reason);
      };
      const begin = (resource: R): void => {
        signal?.removeEventListener('abort', leave);
        resolve(resource);
      };
      waiting.add(begin);
      signal?.addEventListener('abort', leave, { once: true });
    });

  const take = async (signal?: AbortSignal): Promise<R> => {
    signal?.throwIfAborted();
    const resource = free.pop();
    if (resource !== undefined) return resource;
    if (waiting.size >= maxWaiting) throw new PoolFullError('the queue is full');
    return wait(signal);
  };

  const giveBack = (resource: R): void => {
    const [next] = waiting;
    if (next === undefined) {
      free.push(resource);
      return;
    }
    waiting.delete(next);
    next(resource);
  };

  return {
    async run(job, signal) {
      const resource = await take(signal);
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

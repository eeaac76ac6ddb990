import { setTimeout as sleep } from 'node:timers/promises';

const STEP_MS = 25;

/** Waits for something to become true. @throws Error naming what did not happen in time */
export const until = async (what: string, ms: number, holds: () => boolean | Promise<boolean>): Promise<void> => {
  const patience = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > patience) throw new Error(`${what}: not within ${ms} ms`);
    await sleep(STEP_MS);
  }
};

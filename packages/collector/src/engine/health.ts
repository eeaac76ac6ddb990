import { setTimeout as sleep } from 'node:timers/promises';

/** How often the engine is asked, and how often it may fail to answer in a row before it counts as hanging. */
const INTERVAL_MS = 1_000;
const ANSWER_MS = 3_000;
const MISSES = 3;

/** Resolves when the engine is no longer well, or does not say so in time, or when the signal is given. */
export const untilUnwell = async (isWell: () => Promise<boolean>, signal: AbortSignal): Promise<void> => {
  for (let misses = 0; misses < MISSES && !signal.aborted; ) {
    misses = (await inTime(isWell())) ? 0 : misses + 1;
    await sleep(INTERVAL_MS, undefined, { signal }).catch(() => {
      // Given the signal: the loop ends.
    });
  }
};

const inTime = async (answer: Promise<boolean>): Promise<boolean> => {
  const patience = new AbortController();
  const late = sleep(ANSWER_MS, false, { signal: patience.signal }).catch(() => false);
  const isWell = await Promise.race([answer, late]);
  patience.abort();
  return isWell;
};

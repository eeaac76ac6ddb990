import { setTimeout as sleep } from 'node:timers/promises';

/** How often the engine is asked, and how often it may fail to answer in a row before it counts as hanging. */
const INTERVAL_MS = 1_000;
const ANSWER_MS = 3_000;
const MISSES = 3;

/** Resolves when the engine no longer answers, or when the signal is given. */
export const untilUnwell = async (url: string, signal: AbortSignal): Promise<void> => {
  for (let misses = 0; misses < MISSES && !signal.aborted; ) {
    misses = (await answers(url)) ? 0 : misses + 1;
    await sleep(INTERVAL_MS, undefined, { signal }).catch(() => {
      // Given the signal: the loop ends.
    });
  }
};

const answers = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(`${url}/ping`, { signal: AbortSignal.timeout(ANSWER_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
};

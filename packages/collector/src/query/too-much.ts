import { FieldError } from '../field-error.ts';
import { StoreError } from '../store/error.ts';

/** ClickHouse's codes for an answer that took too long or needed more memory than there is. */
const TOO_MUCH = new Set([159, 160, 241]);

/**
 * Waits for what the store answers. A question over so many hits that it gives up would end the same way a moment
 * later: whoever asks is told what to change.
 * @throws FieldError
 */
export const withinReach = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof StoreError) || error.code === null || !TOO_MUCH.has(error.code)) throw error;
    throw new FieldError('date_range', 'has more hits than can be counted at once: choose a shorter period');
  }
};

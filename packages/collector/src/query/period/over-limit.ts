import { ApiError } from '../../http/api-error.ts';
import { FieldError } from '../../http/field-error.ts';
import { StoreError } from '../../store/store-error.ts';

/** ClickHouse's codes for an answer that took too long or needed more memory than there is. */
const TOO_MUCH = new Set([159, 160, 241]);
/** How ClickHouse words that a statement took more than one may, and not that all of them together did. */
const OWN_MEMORY = /Query memory limit exceeded|\(for query\)/;

const isTooMuch = (error: unknown): error is StoreError =>
  error instanceof StoreError && error.damage === null && error.code !== null && TOO_MUCH.has(error.code);

/**
 * What a statement's failure means. Beside other questions one may have been too much that is not so by itself: whoever
 * asks may ask again.
 * @param isAlone no other question ran beside it
 */
export const failedBeside = (error: unknown, isAlone: boolean): unknown =>
  isTooMuch(error) && !isAlone && !OWN_MEMORY.test(error.detail)
    ? new ApiError(503, 'busy', 'store', 'others are asking too, try again in a moment')
    : error;

/**
 * Waits for what the store answers. A question over so many hits that it gives up would end the same way a moment
 * later: whoever asks is told what to change.
 * @throws FieldError
 */
export const withinReach = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    if (!isTooMuch(error)) throw error;
    throw new FieldError(
      'date_range',
      'has more hits than can be counted at once: choose a shorter period',
      'over_limit',
    );
  }
};

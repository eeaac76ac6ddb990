import { ApiError } from '../../http/api-error.ts';
import { FieldError } from '../../http/field-error.ts';
import { StoreError } from '../../store/store-error.ts';

/** ClickHouse's codes for a statement that took too long, by the clock on the wall: on a busy machine any may. */
const TOO_SLOW = new Set([159, 160]);
/** … that needed more memory than there is, */
const MEMORY = 241;
/** … and how ClickHouse words that it was more than one may, and not that all of them together had too much. */
const OWN_MEMORY = /Query memory limit exceeded|\(for query\)/;
/** … that would have read more rows or bytes than one may, where a server has such limits. */
const TOO_MUCH_READ = new Set([158, 307, 396]);

/** True for a statement that would end the same way a moment later, whatever else is asked. */
export const isTooMuch = (error: unknown): boolean => {
  if (!(error instanceof StoreError)) return false;
  const { code, damage, detail } = error;
  return code !== null && damage === null && ((code === MEMORY && OWN_MEMORY.test(detail)) || TOO_MUCH_READ.has(code));
};

/** True for a statement that may pass in a moment: others take the time or the memory that it needs. */
const isCrowdedOut = ({ code, damage, detail }: StoreError): boolean =>
  code !== null && damage === null && (TOO_SLOW.has(code) || (code === MEMORY && !OWN_MEMORY.test(detail)));

/** What a statement's failure means: whoever may be answered in a moment is told so. */
export const passingFailure = (error: unknown): unknown =>
  error instanceof StoreError && isCrowdedOut(error)
    ? new ApiError(503, 'busy', 'store', 'took too long or found no room: try again in a moment, or ask for less')
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

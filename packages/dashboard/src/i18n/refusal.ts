import type { ErrorCode } from '@passerby/collector/error-codes';
import type { ApiError } from '../api/client.ts';
import { format } from './format.ts';
import { text } from './text.ts';

const isKnown = (code: string): code is ErrorCode => Object.hasOwn(text.errors, code);

/**
 * Why something was refused, in the language of the interface. What comes without a code that is known here, as from a
 * newer collector, is said in the collector's own words.
 */
export const refusalText = ({ code, message, limit, passing }: ApiError): string => {
  if (!isKnown(code)) return passing ? text.form.failed : message;
  const known = text.errors[code];
  if (typeof known === 'string') return known;
  if (limit === undefined) return text.errors.invalid({ sentence: message });
  return code === 'too_short' && limit === 1
    ? text.errors.missing
    : known({ sentence: message, count: limit, written: format.count(limit) });
};

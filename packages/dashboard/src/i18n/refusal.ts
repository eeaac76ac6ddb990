import type { ErrorCode } from '@passerby/collector/error-codes';
import type { ApiError } from '../api/client.ts';
import { text } from './text.ts';

const isKnown = (code: string): code is ErrorCode => Object.hasOwn(text.errors, code);

/**
 * Why something was refused, in the language of the interface. What comes without a code that is known here, as from a
 * newer collector, is said in the collector's own words.
 */
export const refusalText = ({ code, message, passing }: ApiError): string => {
  if (!isKnown(code)) return passing ? text.form.failed : message;
  const known = text.errors[code];
  return typeof known === 'string' ? known : known({ sentence: message });
};

import { systemFailure } from '../config/start-error.ts';
import { ApiError } from '../http/api-error.ts';
import { ExpectedError } from '../lib/expected-error.ts';
import { StoreError } from '../store/store-error.ts';

/** Why something could not be looked at, in words of ours: the store's own may quote values. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof StoreError) {
    const { table = '', part = '' } = error.damage ?? {};
    if (part !== '') return `part ${part}${table === '' ? '' : ` of ${table}`} is damaged`;
    if (table !== '') return `the table ${table} is damaged or missing`;
    return error.message.replace(/ on .*/s, '');
  }
  if (error instanceof ApiError) return error.message;
  const known = error instanceof ExpectedError ? error : systemFailure(error);
  return (known ?? (error instanceof Error ? error : new Error(String(error)))).message.replace(/\.$/, '');
};

import { StartError } from '../config/start-error.ts';
import { nearest } from '../lib/slip.ts';

/** There is nothing of the name that was typed, and perhaps something of a name like it. */
export const notFound = (argument: string, what: string, typed: string, known: readonly string[]): StartError => {
  const meant = nearest(typed, known);
  const hint = meant === undefined ? '' : `, did you mean ${meant}?`;
  return new StartError(`${argument}: there is no ${what} ${JSON.stringify(typed)}${hint || '.'}`, {
    code: 'not_found',
    field: argument,
  });
};

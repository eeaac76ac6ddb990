import { z } from 'zod';
import { FieldError } from '../../http/field-error.ts';
import { read } from '../../http/parse.ts';
import { filled } from './normalize.ts';
import { parseQuestion, questionShape } from './parse.ts';
import { filterShape } from './parse-filters.ts';
import type { Question } from './query.ts';

/** Several questions in one request. */
export interface Questions {
  readonly questions: readonly Question[];
}

const MOST_QUESTIONS = 40;
/** Groups of all answers together, which are held until the last of them is there: as many as are listed unless more is asked for. */
const MOST_ROWS = 40_000;

const oneShape = questionShape
  .extend({ filters: z.array(filterShape).describe('All of them hold.').exactOptional() })
  .meta({ id: 'Question' });

/** A question, or several. */
export const requestShape = z.union([
  oneShape,
  z.strictObject({ questions: z.array(oneShape).min(1).max(MOST_QUESTIONS) }),
]);

/** How errors call a question among several. @example placeOf(3) // 'questions[3]' */
export const placeOf = (index: number): string => `questions[${index}]`;

/**
 * What somebody sent: one question, or several as a list.
 * @throws FieldError naming the field that is wrong and what it may be
 */
export const parseRequest = (input: unknown): Question | Questions => {
  if (typeof input !== 'object' || input === null || !('questions' in input)) return parseQuestion(input);
  const { questions } = read(listShape, input);
  const parsed = questions.map((question, index) => inPlace(index, () => parseQuestion(question)));
  const rows = parsed.map((question) => filled(question).pagination.limit);
  if (rows.reduce((sum, more) => sum + more) > MOST_ROWS)
    throw new FieldError('questions', `must not ask for more than ${MOST_ROWS} rows altogether`, 'too_many', MOST_ROWS);
  return { questions: parsed };
};

const listShape = z.strictObject({ questions: z.array(z.unknown()).min(1).max(MOST_QUESTIONS) });

/** Does something for a question among several; what is wrong with that is said of its place. */
export const inPlace = <T>(index: number, job: () => T): T => {
  try {
    return job();
  } catch (error) {
    throw error instanceof FieldError ? error.in(placeOf(index)) : error;
  }
};

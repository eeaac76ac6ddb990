import { z } from 'zod';
import { type ErrorCode, isErrorCode } from './error-codes.ts';
import { FieldError } from './field-error.ts';
import { sentenceOf } from './sentences.ts';

type Path = readonly PropertyKey[];

/**
 * Reads what somebody sent.
 * @param at where it stands in the request as a whole
 * @throws FieldError with the first field that is wrong
 */
export const read = <S extends z.ZodType>(shape: S, value: unknown, at: Path = []): z.output<S> => {
  const result = shape.safeParse(value, { error: sentenceOf });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = fieldAt([...at, ...(issue?.path ?? []), ...extra]);
  throw new FieldError(
    field,
    issue?.message ?? 'must be something else',
    issue && codeOf(issue, value),
    issue && limitOf(issue),
  );
};

/**
 * What a shape's own rule is called; the rules that come with Zod have their codes.
 * @example z.string().refine(isTimeZone, { error: 'an IANA time zone', params: coded('not_a_time_zone') })
 */
export const coded = (code: ErrorCode): { readonly code: ErrorCode } => ({ code });

const TOO_SMALL: Partial<Record<string, ErrorCode>> = { string: 'too_short', array: 'too_few' };
const TOO_LARGE: Partial<Record<string, ErrorCode>> = { string: 'too_long', array: 'too_many' };

const FORMATS: Partial<Record<string, ErrorCode>> = { email: 'not_an_email', date: 'not_a_date' };

/** The least or the most that may be; undefined: the issue is no matter of more or less. */
const limitOf = (issue: z.core.$ZodIssue): number | undefined => {
  if (issue.code === 'too_small') return Number(issue.minimum);
  return issue.code === 'too_big' ? Number(issue.maximum) : undefined;
};

const codeOf = (issue: z.core.$ZodIssue, value: unknown): ErrorCode => {
  switch (issue.code) {
    case 'custom':
      return isErrorCode(issue.params?.code) ? issue.params.code : 'invalid';
    case 'unrecognized_keys':
      return 'unknown_field';
    case 'too_small':
      return TOO_SMALL[issue.origin] ?? 'too_small';
    case 'too_big':
      return TOO_LARGE[issue.origin] ?? 'too_large';
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'invalid';
    default:
      return isGiven(value, issue.path) ? wrongly(issue) : 'missing';
  }
};

const wrongly = (issue: z.core.$ZodIssue): ErrorCode => {
  if (issue.code === 'invalid_value') return 'not_a_choice';
  return issue.code === 'invalid_type' && issue.expected === 'int' ? 'not_whole' : 'invalid';
};

const isGiven = (value: unknown, path: Path): boolean => {
  const found = path.reduce((at: unknown, key) => (at as Readonly<Record<PropertyKey, unknown>> | null)?.[key], value);
  return found !== undefined;
};

/** Writes a path as a field's name. @example fieldAt(['filters', 0, 1]) // 'filters[0][1]' */
export const fieldAt = (path: Path): string => z.core.toDotPath([...path]) || 'body';

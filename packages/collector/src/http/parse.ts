import { z } from 'zod';
import { FieldError } from './field-error.ts';

type Path = readonly PropertyKey[];

/**
 * Reads what somebody sent.
 * @param at where it stands in the request as a whole
 * @throws FieldError with the first field that is wrong
 */
export const read = <S extends z.ZodType>(shape: S, value: unknown, at: Path = []): z.output<S> => {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  throw new FieldError(fieldAt([...at, ...(issue?.path ?? []), ...extra]), issue?.message ?? 'is wrong');
};

/** Writes a path as a field's name. @example fieldAt(['filters', 0, 1]) // 'filters[0][1]' */
export const fieldAt = (path: Path): string => z.core.toDotPath([...path]) || 'body';

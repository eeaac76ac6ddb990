import { quietly } from './quietly.ts';

/** Fields whose values say what failed. Those of all others may be what somebody typed, and only their names are told. */
const TELLING = ' name message code status statusText type';

/** Causes of causes, and as many of one error. */
const DEEPEST = 4;

/**
 * Anything as a text, in its own words where it has some: texts, numbers, errors, dates, lists of these. Any other object
 * is told by its kind, its fields and some of their values: `Object {message,code,user} message: db down code: 42`.
 */
export const textOf = (value: unknown): string => {
  const said = quietly(String)(value) ?? '[object Object]';
  return (
    quietly(() => said.replace(/^\[object (\w+)]/, (_, kind) => kind + fieldsOf(value as Record<string, unknown>)))() ??
    said
  );
};

/** @throws TypeError for what is no object: a text may read like one */
const fieldsOf = (value: Record<string, unknown>): string =>
  ` {${Object.keys(value)}}${TELLING.replace(/ (\w+)/g, (label, name) => (name in value ? `${label}: ${value[name]}` : ''))}`;

/** The same, and for an error its stack, which not every browser begins with it; and likewise what it came of. */
export const traceOf = (value: unknown, depth = DEEPEST): string => {
  const text = textOf(value);
  return (
    quietly(
      ({ stack = text, cause, errors }: Partial<AggregateError>) =>
        (stack.startsWith(text) ? stack : `${text}\n${stack}`) +
        [cause, errors]
          .flat()
          .slice(0, depth)
          .map((inner) => inner && `\nCaused by: ${traceOf(inner, depth - 1)}`)
          .join(''),
    )(value as Error) ?? text
  );
};

/** Different values remembered; when there are more, all are forgotten. */
const MOST = 10_000;
/** A value that is longer, written as JSON, is copied only. */
const LONGEST = 500;

/** Makes a copy of a value, of what JSON can hold, or hands out one made before. */
export type Intern = <T>(value: T) => T;

/**
 * What is kept of 300,000 browsers says much the same: the same pages, sources and browsers. One copy of each will do.
 * And it must be a copy: a text that was cut out of another keeps all of that in memory, a path its whole address.
 */
export const createInterner = (): Intern => {
  const known = new Map<string, unknown>();
  return <T>(value: T): T => {
    const written = JSON.stringify(value);
    const found = known.get(written);
    if (found !== undefined) return found as T;
    const copy = JSON.parse(written) as T;
    if (written.length > LONGEST) return copy;
    if (known.size >= MOST) known.clear();
    known.set(written, copy);
    return copy;
  };
};

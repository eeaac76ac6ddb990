/* How much work a regular expression makes: RE2 takes time in proportion to what a pattern is once its repetitions are written out. */

/** A quoted text, a class by its name, another escape, a class in brackets, a repetition, or a character. */
const TOKEN =
  /\\Q.*?(?:\\E|$)|\\[pP](?:\{[^}]*\}|.)|\\.|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]|\{(\d+)(,?)(\d*)\}|./gsu;

/** Letters of all scripts are hundreds of ranges of bytes. */
const NAMED_CLASS = 50;
const CLASS = 3;

/**
 * About the number of characters that a pattern is with its repetitions written out.
 * @example patternSize('(ab){3}x') === 7
 */
export const patternSize = (pattern: string): number => {
  /** Sizes of the groups around, what is of the group under way, and its last piece, which a repetition repeats. */
  const around: number[] = [];
  let [group, last] = [0, 0];
  const add = (size: number): void => {
    group += last;
    last = size;
  };
  for (const [token, least = '', comma, most = ''] of pattern.matchAll(TOKEN)) {
    if (comma !== undefined) last *= Math.max(Number(least), Number(most), 1);
    else if (token === '(') {
      around.push(group + last);
      [group, last] = [0, 0];
    } else if (token === ')') {
      const inner = group + last;
      [group, last] = [around.pop() ?? 0, inner];
    } else add(sizeOf(token));
  }
  return around.reduce((sum, size) => sum + size, group + last);
};

const sizeOf = (token: string): number => {
  if (token.startsWith('\\Q')) return token.length;
  if (/^\\p/i.test(token)) return NAMED_CLASS;
  return token === '.' || token.length > 2 ? CLASS : 1;
};

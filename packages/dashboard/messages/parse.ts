/** A message in parts: words, values, and one of several forms by a number. */
export type Part = string | Value | Plural;
export interface Value {
  readonly value: string;
}
export interface Plural {
  readonly count: string;
  /** By the plural category, such as `one`. */
  readonly forms: ReadonlyMap<string, readonly Part[]>;
}

/** True for what has forms. */
export const isPlural = (part: Part): part is Plural => typeof part === 'object' && 'forms' in part;

const NAME = /\s*([a-z]\w*)\s*/iy;
const PLURAL = /,\s*plural\s*,\s*/y;
const CATEGORY = /\s*([a-z]+)\s*(?=\{)/y;
/** Until a brace; an apostrophe is one, two are one too, and `'{'` is a brace that opens nothing. */
const WORDS = /(?:''|'[{}][^']*'|[^{}])+/y;

/**
 * Reads a message in ICU's format: `{name}` is a value, `{count, plural, one {…} other {…}}` one of several forms.
 * What else that format knows is refused, as is `#` for the number: there is no need of it.
 *
 * @throws SyntaxError if the message is not written so
 */
export const parseMessage = (source: string): readonly Part[] => {
  let at = 0;
  const wrong = (): SyntaxError => new SyntaxError(`cannot be read from “${source.slice(at, at + 20)}” on`);
  const read = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const expect = (character: string): void => {
    if (source[at] !== character) throw wrong();
    at += 1;
  };

  const readForms = (): Plural['forms'] => {
    const forms = new Map<string, readonly Part[]>();
    for (let form = read(CATEGORY); form; form = read(CATEGORY)) {
      expect('{');
      forms.set(form[1] ?? '', readParts(true));
      expect('}');
    }
    return forms;
  };

  const readBraces = (): Part => {
    expect('{');
    const name = read(NAME)?.[1];
    if (name === undefined) throw wrong();
    const part = read(PLURAL) ? { count: name, forms: readForms() } : { value: name };
    read(/\s*/y);
    expect('}');
    return part;
  };

  const readParts = (isForm: boolean): Part[] => {
    const parts: Part[] = [];
    while (at < source.length && source[at] !== '}') {
      const words = read(WORDS)?.[0];
      if (isForm && words?.includes('#')) throw wrong();
      parts.push(words === undefined ? readBraces() : unquoted(words));
    }
    return parts;
  };

  const parts = readParts(false);
  if (at < source.length) throw wrong();
  return parts;
};

const unquoted = (words: string): string =>
  words.replace(/''|'([{}][^']*)'/g, (_quoted, inner: string | undefined) => inner ?? "'");

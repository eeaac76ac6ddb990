import { LRUCache } from 'lru-cache';

/** Stands for a language that is not said, or is none (ISO 639-2). */
const UNDETERMINED = 'und';

/** The subtag of the language in the first, most preferred entry of an Accept-Language header (RFC 9110, 12.5.4). */
const FIRST = /^\s*([a-z]{2,3})(?![a-z0-9])/i;

/** Languages remembered: more than browsers come in. */
const REMEMBERED = 500;

/** Makes the function that takes the language, `de`, from a header, `de-CH,de;q=0.9,en;q=0.8`. */
export const createLanguageOf = (): ((header: string) => string) => {
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  const known = new LRUCache<string, string>({ max: REMEMBERED });

  /** A code that has no name is none of ISO 639's; old codes are replaced by today's, `iw` by `he`. */
  const check = (code: string): string =>
    code === 'mul' || code === 'zxx' || names.of(code) === undefined ? UNDETERMINED : new Intl.Locale(code).language;

  return (header) => {
    const code = FIRST.exec(header)?.[1]?.toLowerCase();
    if (code === undefined) return UNDETERMINED;
    const found = known.get(code);
    if (found !== undefined) return found;
    const language = check(code);
    known.set(code, language);
    return language;
  };
};

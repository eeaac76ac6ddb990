/** The languages of the interface. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The language of the interface: the one that was chosen, else the first that the reader's browser names and we speak.
 *
 * @param chosen What was kept of an earlier choice.
 * @param preferred As `navigator.languages`.
 */
export const chooseLanguage = (chosen: string | null, preferred: readonly string[]): Language => {
  const spoken = [chosen ?? '', ...preferred].map(baseOf).find(isSpoken);
  return spoken ?? 'en';
};

const baseOf = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0] ?? '';
const isSpoken = (language: string): language is Language => (LANGUAGES as readonly string[]).includes(language);

/** How the reader writes that language: `de-CH` for one who reads German and is Swiss. */
export const localesOf = (language: Language, preferred: readonly string[]): string[] => [
  ...preferred.filter((tag) => baseOf(tag) === language && isTag(tag)),
  language,
];

/** A browser without a language setting of its own names one that `Intl` refuses: Chromium under `LANG=C`. */
const isTag = (language: string): boolean => {
  try {
    return Intl.getCanonicalLocales(language).length > 0;
  } catch {
    return false;
  }
};

/**
 * uPlot asks `Intl` for the browser's language while it loads, breaks on `en-US@posix`, and the page would stay empty.
 * To be called before.
 */
export const mendLanguage = (navigator: { readonly language: string }): void => {
  if (!isTag(navigator.language)) Object.defineProperty(navigator, 'language', { value: 'en' });
};

/**
 * The languages that can be written in, and English. A browser without a language setting of its own names one that
 * `Intl` refuses: Chromium under `LANG=C` says `en-US@posix`, and breaks on its own default.
 */
export const writable = (languages: readonly string[]): string[] => [...languages.filter(isTag), 'en'];

const isTag = (language: string): boolean => {
  try {
    return Intl.getCanonicalLocales(language).length > 0;
  } catch {
    return false;
  }
};

/** uPlot asks `Intl` for the browser's language while it loads, and the page would stay empty. To be called before. */
export const mendLanguage = (navigator: { readonly language: string }): void => {
  if (!isTag(navigator.language)) Object.defineProperty(navigator, 'language', { value: 'en' });
};

import { text } from './text.ts';

const regions = new Intl.DisplayNames(text.locale, { type: 'region' });
const languages = new Intl.DisplayNames(text.locale, { type: 'language' });

/** What the runtime's names do not know, and what is no code at all, is shown as it is. */
const nameOr = (names: Intl.DisplayNames, code: string): string => {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
};

/** Name of a country, by its ISO 3166-1 alpha-2 code. */
export const countryName = (code: string): string => nameOr(regions, code);

/** Name of a language, by its BCP 47 tag. */
export const languageName = (tag: string): string => nameOr(languages, tag);

/** Name of a class of window widths. */
export const screenName = (screen: string): string => text.screens[screen] ?? screen;

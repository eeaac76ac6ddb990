import { chooseLanguage, localesOf } from './language.ts';
import { readPreference } from './preferences.ts';
import { en, type Texts } from './texts/en.ts';

const preferred = globalThis.navigator?.languages ?? [];

/** The language of the interface, as long as the page is open. */
export const language = chooseLanguage(readPreference('language'), preferred);

/** How numbers, dates and names are written: in that language, as its reader's browser says. */
export const locales = localesOf(language, preferred);

/** Every word of the interface. What is not read is not loaded. */
export const text: Texts = language === 'de' ? (await import('./texts/de.ts')).de : en;

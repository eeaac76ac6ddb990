import en from 'virtual:messages/en';
import { readPreference } from '../app/preferences.ts';
import { chooseLanguage, type Language, localesOf } from './language.ts';
import type { Messages } from './messages/messages.d.ts';

const preferred = globalThis.navigator?.languages ?? [];

/** The language of the interface, as long as the page is open. */
export const language = chooseLanguage(readPreference('language'), preferred);

/** How numbers, dates and names are written: in that language, as its reader's browser says. */
export const locales = localesOf(language, preferred);

/** All but English, which comes with the page. What is not read is not loaded. */
const CATALOGUES: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ readonly default: Messages }>>> = {
  de: () => import('virtual:messages/de'),
};

/** Every word of the interface. */
export const text: Messages = language === 'en' ? en : (await CATALOGUES[language]()).default;

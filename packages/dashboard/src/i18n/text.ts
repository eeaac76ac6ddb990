import en from 'virtual:messages/en';
import { readPreference } from '../app/preferences.ts';
import { chooseLanguage, localesOf } from './language.ts';
import type { Messages } from './messages/messages.d.ts';

const preferred = globalThis.navigator?.languages ?? [];

/** The language of the interface, as long as the page is open. */
export const language = chooseLanguage(readPreference('language'), preferred);

/** How numbers, dates and names are written: in that language, as its reader's browser says. */
export const locales = localesOf(language, preferred);

/** Every word of the interface. What is not read is not loaded. */
export const text: Messages = language === 'de' ? (await import('virtual:messages/de')).default : en;

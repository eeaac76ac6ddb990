import { keepPreference } from '../app/preferences.ts';
import { LANGUAGES, type Language } from '../i18n/language.ts';
import { language, text } from '../i18n/text.ts';

/** What each language calls itself. */
const NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** Messages are loaded with the page: another language begins it anew. */
const choose = (chosen: Language): void => {
  keepPreference('language', chosen);
  location.reload();
};

/** The language of the interface. */
export const LanguageChoice = () => (
  <fieldset class="segments">
    <legend class="spoken">{text.appearance.language}</legend>
    {LANGUAGES.map((one) => (
      <button key={one} type="button" lang={one} aria-pressed={one === language} onClick={() => choose(one)}>
        {NAMES[one]}
      </button>
    ))}
  </fieldset>
);

import { useState } from 'preact/hooks';
import { chooseTheme, chosenTheme, THEMES, type Theme } from '../app/theme.ts';
import { text } from '../i18n/text.ts';

/** Light, dark, or as the system is. */
export const ThemeChoice = () => {
  const [chosen, setChosen] = useState(chosenTheme);
  const choose = (theme: Theme): void => {
    chooseTheme(theme);
    setChosen(theme);
  };
  return (
    <fieldset class="segments">
      <legend class="spoken">{text.appearance.theme}</legend>
      {THEMES.map((theme) => (
        <button key={theme} type="button" aria-pressed={theme === chosen} onClick={() => choose(theme)}>
          {text.appearance.themes[theme]}
        </button>
      ))}
    </fieldset>
  );
};

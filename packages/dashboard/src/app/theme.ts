import { useEffect, useState } from 'preact/hooks';
import { keepPreference, readPreference } from './preferences.ts';

/** What a reader can choose; the system's is that of no choice. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The reader's choice. */
export const chosenTheme = (): Theme => THEMES.find((theme) => theme === readPreference('theme')) ?? 'system';

/** Keeps the reader's choice and shows it. Other tabs hear of it from the browser; this one has to be told. */
export const chooseTheme = (theme: Theme): void => {
  keepPreference('theme', theme === 'system' ? null : theme);
  dispatchEvent(new StorageEvent('storage', { key: 'theme' }));
};

/** True while the page is dark, for what is drawn and does not follow the style sheet. */
export const useDark = (): boolean => {
  const root = document.documentElement;
  const [dark, setDark] = useState(root.dataset.theme === 'dark');
  useEffect(() => {
    const observer = new MutationObserver(() => setDark(root.dataset.theme === 'dark'));
    observer.observe(root, { attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, []);
  return dark;
};

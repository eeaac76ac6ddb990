import { base } from './place.ts';

/**
 * What a reader chose of how the dashboard looks, and whether somebody is signed in, kept in this browser alone. A browser
 * that keeps nothing, or refuses to, has chosen nothing. Below a path the host is others' too, and so is what is kept for it.
 */
type Preference = 'language' | 'theme' | 'signedIn';

export const readPreference = (name: Preference): string | null => {
  try {
    return globalThis.localStorage?.getItem(base + name) ?? null;
  } catch {
    return null;
  }
};

/** @param value Null: no choice any more. */
export const keepPreference = (name: Preference, value: string | null): void => {
  try {
    if (value === null) localStorage.removeItem(base + name);
    else localStorage.setItem(base + name, value);
  } catch {
    // It holds until the page is left.
  }
};

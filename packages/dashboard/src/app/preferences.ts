/**
 * What a reader chose of how the dashboard looks, and whether somebody is signed in, kept in this browser alone. A browser
 * that keeps nothing, or refuses to, has chosen nothing.
 */
type Preference = 'language' | 'theme' | 'signedIn';

export const readPreference = (name: Preference): string | null => {
  try {
    return globalThis.localStorage?.getItem(name) ?? null;
  } catch {
    return null;
  }
};

/** @param value Null: no choice any more. */
export const keepPreference = (name: Preference, value: string | null): void => {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // It holds until the page is left.
  }
};

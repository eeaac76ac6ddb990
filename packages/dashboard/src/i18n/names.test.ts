import { afterEach, expect, it, vi } from 'vitest';

/** The language is chosen once, when it is first asked for. */
const forget = (): void => {
  vi.unstubAllGlobals();
  vi.resetModules();
};
afterEach(forget);

const namesFor = async (language: string): Promise<typeof import('../reports/panels.ts')> => {
  forget();
  vi.stubGlobal('navigator', { languages: [language] });
  return import('../reports/panels.ts');
};

it.each([
  ['en', 'Windows 10 or later', 'Windows 10 or later'],
  ['de', 'Windows 10 or later', 'Windows 10 oder neuer'],
  ['de', 'Windows 10', 'Windows 10'],
  ['de', 'macOS', 'macOS'],
])('in %s the version %s is called %s, and is found by that', async (language, stored, shown) => {
  const { asStored, valueName } = await namesFor(language);
  expect(valueName('visit:os_version', stored)).toBe(shown);
  expect(asStored('visit:os_version', shown)).toBe(stored);
});

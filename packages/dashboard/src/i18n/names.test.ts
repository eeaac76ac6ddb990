import { afterEach, expect, it, vi } from 'vitest';
import type { FilterDimension } from '../state/filters.ts';

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

it.each<[language: string, dimension: FilterDimension, stored: string, shown: string]>([
  ['en', 'visit:source', 'Direct', 'Direct'],
  ['de', 'visit:source', 'Direct', 'Direkt'],
  ['de', 'visit:source', 'Hacker News', 'Hacker News'],
  ['de', 'visit:channel', 'Paid search', 'Bezahlte Suche'],
  ['de', 'visit:channel', 'AI assistants', 'KI-Assistenten'],
  ['de', 'visit:device', 'Mobile', 'Handy'],
  ['de', 'visit:browser', 'Other', 'Andere'],
  ['de', 'visit:os', 'Unknown', 'Unbekannt'],
  ['de', 'event:name', 'Outbound link', 'Ausgehender Link'],
  ['de', 'event:name', 'File download', 'Download einer Datei'],
  ['de', 'event:name', 'constructor', 'constructor'],
])(
  'in %s the %s %s is called %s, and is found by that in any case, and by a part',
  async (language, dimension, stored, shown) => {
    const { asStored, partsAsStored, valueName } = await namesFor(language);
    expect(valueName(dimension, stored)).toBe(shown);
    for (const typed of [shown, shown.toLowerCase(), shown.toUpperCase()])
      if (shown !== stored) expect(asStored(dimension, typed)).toBe(stored);
    if (shown !== stored) expect(partsAsStored(dimension, shown.slice(1))).toContain(stored);
  },
);

it.each([
  ['device=mobile', 'Mobile'],
  ['device=TV', 'TV'],
  ['device=handy', 'Mobile'],
  ['channel=PAID SEARCH', 'Paid search'],
  ['channel=sms', 'SMS'],
  ['country=de', 'DE'],
  ['currency=eur', 'EUR'],
  ['screen=XL', 'xl'],
  ['event=sign up', 'sign up'],
  ['device=Something else', 'Something else'],
])('the address ?%s means %s', async (search, value) => {
  forget();
  vi.stubGlobal('navigator', { languages: ['de'] });
  const { parseFilters } = await import('../state/filters.ts');
  expect(parseFilters(new URLSearchParams(search))[0]?.values).toEqual([value]);
});

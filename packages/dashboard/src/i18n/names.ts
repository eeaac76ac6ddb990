import type { DropReason } from '@passerby/collector/drop';
import { language, locales, text } from './text.ts';

const regions = new Intl.DisplayNames(locales, { type: 'region' });
const languages = new Intl.DisplayNames(locales, { type: 'language' });

/** What the runtime's names do not know, and what is no code at all, is shown as it is. */
const nameOr = (names: Intl.DisplayNames, code: string): string => {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
};

/** Name of a country, by its ISO 3166-1 alpha-2 code. */
export const countryName = (code: string): string => nameOr(regions, code);

/** Codes that name no country: groups of them, and those made for tests. `ZZ` is one that is not known. */
const NO_COUNTRIES = ['EU', 'EZ', 'UN', 'QO', 'XA', 'XB'];

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** All countries by their names, for choosing. Old codes that stand for another are left out. */
export const countryOptions = (): { value: string; label: string }[] => {
  const known = new Intl.DisplayNames(locales, { type: 'region', fallback: 'none' });
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  return codes
    .filter((code) => !NO_COUNTRIES.includes(code) && new Intl.Locale(`und-${code}`).region === code)
    .map((value) => ({ value, label: known.of(value) ?? '' }))
    .filter(({ label }) => label !== '')
    .sort((a, b) => a.label.localeCompare(b.label, locales));
};

/** Name of a region (`DE-BE`, `DE: Saxony`) or a city (`DE: Berlin`). @example placeName('DE: Berlin') // 'Berlin, Germany' */
export const placeName = (place: string): string => {
  const [, country, own] = /^([A-Z]{2})(?:-|: )(.+)$/.exec(place) ?? [];
  return country && own ? `${own}, ${countryName(country)}` : place;
};

/** Name of a language, by its BCP 47 tag. */
export const languageName = (tag: string): string => nameOr(languages, tag);

/** The word for a name of which not all have one. */
export const wordFor = (name: string, words: Partial<Record<string, string>>): string | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined;

/** How a view was counted, if not by the script. */
export const viaName = (via: string): string => wordFor(via, text.vias) ?? via;

/** Name of a class of window widths. */
export const screenName = (screen: string): string => wordFor(screen, text.screens) ?? screen;

/** Names of what is built in, by dimension: they are stored in English. */
const BUILT_IN: Partial<Record<string, Readonly<Record<string, string>>>> = {
  'visit:source': text.builtIn.sources,
  'visit:channel': text.builtIn.channels,
  'visit:device': text.builtIn.devices,
  'visit:browser': text.builtIn.programs,
  'visit:os': text.builtIn.programs,
  'event:name': text.builtIn.events,
};

const small = (name: string): string => name.toLocaleLowerCase(language);

/** How a value is called that may be built in; all others are called as they are. */
export const builtInName = (dimension: string, value: string): string =>
  wordFor(value, BUILT_IN[dimension] ?? {}) ?? value;

const builtIn = (dimension: string): [stored: string, name: string][] => Object.entries(BUILT_IN[dimension] ?? {});

/** A built-in value by its whole name, as it is stored or shown, in whatever case; undefined: it is none. */
export const builtInCalled = (dimension: string, name: string): string | undefined =>
  builtIn(dimension).find((names) => names.map(small).includes(small(name)))?.[0];

/** Built-in values by a part of the names that are shown. */
export const builtInLike = (dimension: string, part: string): string[] =>
  builtIn(dimension).flatMap(([stored, name]) => (small(name).includes(small(part)) ? [stored] : []));

/** How a property is called: those of the events that the script reports by itself have names. */
export const propertyName = (property: string): string => wordFor(property, text.builtIn.properties) ?? property;

/** What is stored of the Windows of which browsers say no more; other versions are names, in all languages the same. */
const WINDOWS_10 = 'Windows 10 or later';

/** How the version of a system is written. */
export const systemVersionName = (version: string): string =>
  version === WINDOWS_10 ? text.systemVersions.windows10 : version;

/** A version of a system that somebody wrote, as it is stored. */
export const storedSystemVersion = (written: string): string =>
  written === text.systemVersions.windows10 ? WINDOWS_10 : written;

/** A title in the middle of a sentence: written small there, but in German, which writes nouns large everywhere. */
export const inSentence = (title: string): string => (language === 'de' ? title : title.toLocaleLowerCase(language));

const isDropReason = (reason: string): reason is DropReason => Object.hasOwn(text.drops.reasons, reason);

/** A reason is named in the plural where it stands for all that it left out. */
const MANY = 2;

/** Why something was left out, as it follows its number. A newer collector's reason is shown as it is. */
export const dropName = (reason: string, count = MANY): string => {
  if (!isDropReason(reason)) return reason;
  const name = text.drops.reasons[reason];
  return typeof name === 'string' ? name : name({ count });
};

/** What it means that something was left out for a reason. */
export const dropMeaning = (reason: string): string | undefined =>
  isDropReason(reason) ? text.drops.meanings[reason] : undefined;

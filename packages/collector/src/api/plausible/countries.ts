/*
 * Countries by their English names: those of the Unicode CLDR, which come with the runtime
 * (https://cldr.unicode.org/translation/displaynames/countryregion-territory-names), and beside them those of ISO 3166-1, by
 * which filters may name them too.
 */

/** Codes that name no country: groups of them, those made for tests, and one that is not known. */
const NO_COUNTRIES: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

/** Where CLDR says more than the name. */
const SHORTER: Readonly<Record<string, string>> = { HK: 'Hong Kong', MM: 'Myanmar', MO: 'Macao' };

/** Names of ISO 3166-1 that differ by more than `and` for `&` and `Saint` for `St.`, and older ones. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  BN: ['Brunei Darussalam'],
  BO: ['Bolivia, Plurinational State of'],
  BQ: ['Bonaire, Sint Eustatius and Saba'],
  CD: ['Congo, The Democratic Republic of the', 'Democratic Republic of the Congo'],
  CG: ['Congo', 'Republic of the Congo'],
  CI: ["Côte d'Ivoire", 'Ivory Coast'],
  CV: ['Cabo Verde'],
  CZ: ['Czech Republic'],
  FK: ['Falkland Islands (Malvinas)'],
  FM: ['Micronesia, Federated States of'],
  GB: ['United Kingdom of Great Britain and Northern Ireland', 'Great Britain'],
  GS: ['South Georgia and the South Sandwich Islands'],
  HM: ['Heard Island and McDonald Islands'],
  IR: ['Iran, Islamic Republic of'],
  KP: ["Korea, Democratic People's Republic of"],
  KR: ['Korea, Republic of', 'Republic of Korea'],
  LA: ["Lao People's Democratic Republic"],
  MD: ['Moldova, Republic of', 'Republic of Moldova'],
  MF: ['Saint Martin (French part)'],
  MK: ['Macedonia'],
  NL: ['Netherlands, Kingdom of the', 'The Netherlands'],
  PN: ['Pitcairn'],
  PS: ['Palestine, State of', 'Palestine'],
  RU: ['Russian Federation'],
  SH: ['Saint Helena, Ascension and Tristan da Cunha'],
  SX: ['Sint Maarten (Dutch part)'],
  SY: ['Syrian Arab Republic'],
  SZ: ['Swaziland'],
  TR: ['Turkey'],
  TW: ['Taiwan, Province of China'],
  TZ: ['Tanzania, United Republic of'],
  UM: ['United States Minor Outlying Islands'],
  US: ['United States of America', 'USA'],
  VA: ['Holy See', 'Holy See (Vatican City State)'],
  VE: ['Venezuela, Bolivarian Republic of'],
  VG: ['Virgin Islands, British'],
  VI: ['Virgin Islands, U.S.'],
  VN: ['Viet Nam'],
};

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Names by code. Old codes, which stand for another, are left out. */
export const COUNTRY_NAMES: Readonly<Record<string, string>> = (() => {
  const known = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  return Object.fromEntries(
    codes.flatMap((code) => {
      const name = SHORTER[code] ?? known.of(code);
      const isCountry = !NO_COUNTRIES.has(code) && new Intl.Locale(`und-${code}`).region === code;
      return isCountry && name !== undefined ? [[code, name]] : [];
    }),
  );
})();

const spelledOut = (name: string): string =>
  name
    .replaceAll('&', 'and')
    .replace(/\bSt\./, 'Saint')
    .replaceAll('’', "'");

/** All names of each country by which a filter may call it, by code. */
export const COUNTRY_SPELLINGS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(COUNTRY_NAMES).map(([code, name]) => [
    code,
    [...new Set([name, spelledOut(name), ...(OTHER_NAMES[code] ?? [])])],
  ]),
);

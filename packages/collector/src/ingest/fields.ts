import type { Beacon, Level } from '@passerby/sdk/wire';
import { FieldError } from '../http/field-error.ts';
import { startOf } from '../privacy/scrub/scrub-to-length.ts';
import { LONGEST } from '../store/text-limits.ts';
import type { Properties, Revenue } from './beacon.ts';
import type { MendReason } from './drop.ts';
import { levelOf } from './enrich/log-level.ts';
import { readMoney } from './read-money.ts';

/**
 * Reads the fields of what anyone may have sent. Some functions take the name under which a {@link FieldError} is to name
 * the value; what may be missing has none, and one that cannot be read is missing. Of texts is left as much as it takes to
 * scrub what will be kept of them (see `startOf`).
 */

const MAX_PROPERTIES = 30;
const MAX_AMOUNT = 1e9;

/** An object of which nothing is known. */
export type Unknowns = { readonly [name in keyof Beacon | 'k' | '$']?: unknown } & Readonly<Record<string, unknown>>;

/** An object that is no list. */
export const object = (value: unknown, field: string): Unknowns => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FieldError(field, 'must be an object');
  return value as Unknowns;
};

/** A text that is there. It is made well-formed, as all are: a lone surrogate cannot be stored as UTF-8. */
export const required = (value: unknown, field: string, longest: number): string => {
  if (typeof value !== 'string' || value === '' || value.length > longest)
    throw new FieldError(field, `must be a text of 1 to ${longest} characters`);
  return value.toWellFormed();
};

/** What was logged or thrown. It may be empty: a page can throw an empty text. */
export const message = (value: unknown, field: string): string => given(value, field, LONGEST.message);

/** A text that has to be there, of any length. */
const given = (value: unknown, field: string, longest: number): string => {
  if (typeof value !== 'string') throw new FieldError(field, 'must be a text');
  return startOf(value, longest).toWellFormed();
};

/** A text that may be missing, which is empty. Numbers say what they say as texts. */
export const text = (value: unknown, longest: number): string => {
  const said = typeof value === 'number' ? String(value) : value;
  return typeof said === 'string' ? startOf(said, longest).toWellFormed() : '';
};

/** A number from 0 on. */
export const number = (value: unknown, field: string, most: number): number => {
  const read = optionalNumber(value, most);
  if (read === undefined) throw new FieldError(field, `must be a number from 0 to ${most}`);
  return read;
};

/** A number from 0 on that may be missing. */
export const optionalNumber = (value: unknown, most: number): number | undefined =>
  typeof value === 'number' && value >= 0 && value <= most ? value : undefined;

/** One of a few words, or none of them. */
export const oneOf = <T extends string>(value: unknown, allowed: readonly T[]): T | undefined =>
  allowed.find((word) => word === value);

/** Name of an event. One of which nothing is left refuses nothing else of its beacon. */
export const eventName = (value: unknown, field: string): string => given(value, field, LONGEST.name);

/** A field that was read as well as it could be. */
export interface Mended<T> {
  readonly value: T;
  /** Missing: it was as it should be. */
  readonly mended?: MendReason;
}

/** Severity of a log line. */
export const level = (value: unknown): Mended<Level> => {
  const known = levelOf(value);
  return known === undefined ? { value: 'info', mended: 'level' } : { value: known };
};

/**
 * Properties, of which there may be none; values become texts. Pages pass what they like: what is too much is left out,
 * and so is what has no names or cannot be read, rather than everything else that the beacon tells.
 */
export const properties = (value: unknown): Properties => {
  const given = typeof value === 'string' ? parsed(value) : value;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return {};
  const kept = Object.entries(given).filter(([name]) => name !== '' && name.length <= LONGEST.property);
  return Object.fromEntries(kept.slice(0, MAX_PROPERTIES).map(([name, raw]) => [name.toWellFormed(), keptValue(raw)]));
};

const parsed = (written: string): unknown => {
  try {
    return JSON.parse(written);
  } catch {
    // The tag of the page says nothing that can be read.
    return undefined;
  }
};

const keptValue = (raw: unknown): string => startOf(written(raw), LONGEST.value).toWellFormed();

/** Not JSON: a value may be nested deeper than can be written. */
const written = (value: unknown): string => (Array.isArray(value) ? value.map(plain).join() : plain(value));

const plain = (value: unknown): string => (typeof value === 'object' && value !== null ? '[object]' : String(value));

/**
 * Revenue as the wire has it, `[12.5, 'EUR']` or as {@link readMoney} reads it, in thousandths; undefined: none. What cannot be read is left
 * out, rather than the event.
 */
export const revenue = (value: unknown): Mended<Revenue | undefined> => {
  if (!value) return { value: undefined };
  const money = moneyOf(typeof value === 'string' ? readMoney(value) : value);
  return money === undefined ? { value: undefined, mended: 'revenue' } : { value: money };
};

const moneyOf = (value: unknown): Revenue | undefined => {
  const [amount, currency, ...more] = Array.isArray(value) ? value : [];
  if (typeof amount !== 'number' || !(Math.abs(amount) <= MAX_AMOUNT) || more.length > 0) return undefined;
  if (typeof currency !== 'string' || !/^[a-z]{3}$/i.test(currency)) return undefined;
  // Not -0, which JSON would write as 0 and the tests as another number.
  return { amount: Math.round(amount * 1000) + 0, currency: currency.toUpperCase() };
};

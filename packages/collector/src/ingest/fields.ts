import type { Beacon } from '@passerby/sdk/wire';
import { FieldError } from '../field-error.ts';
import type { Properties, Revenue } from './hit.ts';

/**
 * Reads the fields of what anyone may have sent. Each function takes a value and the name under which a
 * {@link FieldError} is to name it.
 */

const LONGEST_NAME = 120;
const MAX_PROPERTIES = 30;
const LONGEST_PROPERTY = 64;
const LONGEST_VALUE = 500;
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
export const message = (value: unknown, field: string): string => {
  if (value === undefined) throw new FieldError(field, 'must be a text');
  return text(value, field, 4096);
};

/** A text that may be missing, which is empty; one that is too long is cut. */
export const text = (value: unknown, field: string, longest: number): string => {
  if (value === undefined) return '';
  if (typeof value !== 'string') throw new FieldError(field, 'must be a text');
  return cut(value, longest);
};

/**
 * Cuts a text that is too long, or that the SDK has cut to the same length. The last piece goes as well: half an e-mail
 * address is one that no scrubber knows.
 */
const cut = (value: string, longest: number): string =>
  (value.length < longest ? value : value.slice(0, endOfPieces(value, longest))).toWellFormed();

/** By hand: a pattern with `\S+$` begins anew at every character, which took 0.3 s for one stack without spaces. */
const endOfPieces = (value: string, longest: number): number => {
  let end = longest;
  while (end > 0 && !SPACE.test(value.charAt(end - 1))) end -= 1;
  return end;
};
const SPACE = /\s/;

/** A number from 0 on. */
export const number = (value: unknown, field: string, most: number): number => {
  if (typeof value !== 'number' || !(value >= 0) || value > most)
    throw new FieldError(field, `must be a number from 0 to ${most}`);
  return value;
};

/** One of a few words. */
export const oneOf = <T extends string>(value: unknown, field: string, allowed: readonly T[]): T => {
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw new FieldError(field, `must be one of ${allowed.join(', ')}`);
  return found;
};

/** Name of an event; one that is too long is cut. One of which nothing is left refuses nothing else of its beacon. */
export const eventName = (value: unknown, field: string): string => {
  if (value === undefined) throw new FieldError(field, `must be a text of 1 to ${LONGEST_NAME} characters`);
  return text(value, field, LONGEST_NAME) || '(none)';
};

/**
 * Properties, of which there may be none; values become texts. Pages pass what they like: what is too much is left out,
 * and so is what has no names or cannot be read, rather than everything else that the beacon tells.
 */
export const properties = (value: unknown): Properties => {
  const given = typeof value === 'string' ? parsed(value) : value;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return {};
  const kept = Object.entries(given).filter(([name]) => name !== '' && name.length <= LONGEST_PROPERTY);
  return Object.fromEntries(
    kept.slice(0, MAX_PROPERTIES).map(([name, raw]) => [name.toWellFormed(), cut(written(raw), LONGEST_VALUE)]),
  );
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The tag of the page says nothing that can be read.
    return undefined;
  }
};

/** Not JSON: a value may be nested deeper than can be written. */
const written = (value: unknown): string => (Array.isArray(value) ? value.map(plain).join() : plain(value));

const plain = (value: unknown): string => (typeof value === 'object' && value !== null ? '[object]' : String(value));

/** As elements of a page say it: `12.50 EUR`. */
const REVENUE = /^(-?\d{1,9}(?:\.\d+)?)[, ]([a-z]{3})$/i;

/** Revenue as the wire has it, `[12.5, 'EUR']` or `12.5 EUR`, in thousandths. A text that cannot be read is left out. */
export const revenue = (value: unknown, field: string): { readonly revenue?: Revenue } => {
  if (value === undefined) return {};
  if (typeof value !== 'string') return { revenue: money(value, field) };
  const [, amount, currency] = REVENUE.exec(value) ?? [];
  return amount === undefined ? {} : { revenue: money([Number(amount), currency], field) };
};

const money = (value: unknown, field: string): Revenue => {
  const [amount, currency, ...more] = Array.isArray(value) ? value : [];
  if (typeof amount !== 'number' || !(Math.abs(amount) <= MAX_AMOUNT) || more.length > 0)
    throw new FieldError(field, `must be an amount from -${MAX_AMOUNT} to ${MAX_AMOUNT} and a currency`);
  if (typeof currency !== 'string' || !/^[a-z]{3}$/i.test(currency))
    throw new FieldError(field, 'must have a currency of three letters, such as EUR');
  // Not -0, which JSON would write as 0 and the tests as another number.
  return { amount: Math.round(amount * 1000) + 0, currency: currency.toUpperCase() };
};

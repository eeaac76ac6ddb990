/** No amount is longer as people and programs write it; with the mantissa of a JavaScript number it has 25 characters. */
const LONGEST = 60;

/** Signs that stand for one currency alone: not `$`, `¥` and `kr`, which are several. */
const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  '₩': 'KRW',
  '₺': 'TRY',
  '₽': 'RUB',
  '₴': 'UAH',
  '₪': 'ILS',
  '₫': 'VND',
};

/** Currencies whose smallest coin is a thousandth (ISO 4217): of others three digits after a sign may be thousands. */
const IN_THOUSANDTHS = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);

const CURRENCY = '[€£₹₩₺₽₴₪₫]|[a-z]{3}';
const BEFORE = new RegExp(`^([-−]?)(${CURRENCY})[\\s,]*`, 'i');
const AFTER = new RegExp(`([\\s,]*)(${CURRENCY})$`, 'i');

/** Signs between thousands that are never those of decimals. */
const GROUPED_BY_SPACES = /^\d{1,3}(?:[\s'’]\d{3})+(?=[.,]|$)/;

/**
 * Reads an amount and its currency as people and programs write them: `12.50 EUR`, `12,50 €`, `EUR 12.50`, `€1,234.50`,
 * `1.234,50 EUR`, `1'234.50 CHF`, `12.5,EUR`. Never a guess: `1,234 EUR` and `1.234 EUR` may be one or a thousand, `$5` is of
 * several countries, and neither is read. A program's `1.234,EUR`, which the SDK makes of `[1.234, 'EUR']`, is what it says.
 *
 * @returns amount and currency; undefined: it says none
 */
export const readMoney = (written: string): [amount: number, currency: string] | undefined => {
  const text = written.length > LONGEST ? '' : written.trim();
  const before = BEFORE.exec(text);
  const after = before === null ? AFTER.exec(text) : null;
  const found = before ?? after;
  if (found === null) return undefined;
  const [all, sign = '', symbol = ''] = found;
  const currency = SIGNS[symbol] ?? symbol.toUpperCase();
  const number =
    before === null ? text.slice(0, -all.length) : (sign + text.slice(all.length)).replace(/^([-−]?)\s+/, '$1');
  const isProgram = before === null ? sign.startsWith(',') : /,$/.test(all);
  const amount = readAmount(number, isProgram || IN_THOUSANDTHS.has(currency));
  return amount === undefined ? undefined : [amount, currency];
};

/** @param isPoint a point with three digits after it is one of decimals */
const readAmount = (written: string, isPoint: boolean): number | undefined => {
  const [, minus = '', rest = ''] = /^([-−]?)(.*)$/s.exec(written) ?? [];
  const grouped = GROUPED_BY_SPACES.exec(rest)?.[0] ?? '';
  const plain = grouped.replace(/\D/g, '') + rest.slice(grouped.length);
  const digits = decimal(plain, isPoint && grouped === '');
  return digits === undefined ? undefined : Number(`${minus && '-'}${digits}`);
};

/** The number with a point before its decimals, if it is one and no other. */
const decimal = (plain: string, isPoint: boolean): string | undefined => {
  if (/^\d+$/.test(plain)) return plain;
  if (/^\d{1,3}(?:,\d{3})+\.\d+$/.test(plain)) return plain.replaceAll(',', '');
  if (/^\d{1,3}(?:\.\d{3})+,\d+$/.test(plain)) return plain.replaceAll('.', '').replace(',', '.');
  if (/^\d{1,3}(?:,\d{3}){2,}$/.test(plain) || /^\d{1,3}(?:\.\d{3}){2,}$/.test(plain)) return plain.replace(/\D/g, '');
  const one = /^(\d+)([.,])(\d+)$/.exec(plain);
  if (one === null) return undefined;
  const [, whole = '', point, part = ''] = one;
  const mayBeThousands = part.length === 3 && /^[1-9]\d{0,2}$/.test(whole) && !(isPoint && point === '.');
  return mayBeThousands ? undefined : `${whole}.${part}`;
};

import { expect, test } from 'vitest';
import { readMoney } from './read-money.ts';

test.each([
  ['12.50 EUR', 12.5, 'EUR'],
  ['12.50EUR', 12.5, 'EUR'],
  ['12,50 EUR', 12.5, 'EUR'],
  ['12,50 €', 12.5, 'EUR'],
  ['12,50€', 12.5, 'EUR'],
  ['€12.50', 12.5, 'EUR'],
  ['€ 12.50', 12.5, 'EUR'],
  ['EUR 12.50', 12.5, 'EUR'],
  ['eur12,5', 12.5, 'EUR'],
  ['12 usd', 12, 'USD'],
  ['£3', 3, 'GBP'],
  ['₹1,00,000.50', undefined, undefined],
  ['1,234.50 USD', 1234.5, 'USD'],
  ['1.234,50 EUR', 1234.5, 'EUR'],
  ['1,234,567.00 USD', 1234567, 'USD'],
  ['1.234.567 EUR', 1234567, 'EUR'],
  ['1,234,567 JPY', 1234567, 'JPY'],
  ["1'234.50 CHF", 1234.5, 'CHF'],
  ['1’234.50 CHF', 1234.5, 'CHF'],
  ['1 234,50 €', 1234.5, 'EUR'],
  ['1\u00a0234,50\u00a0€', 1234.5, 'EUR'],
  ['1\u202f234 EUR', 1234, 'EUR'],
  ['-12.50 EUR', -12.5, 'EUR'],
  ['−12,50 €', -12.5, 'EUR'],
  ['-€12', -12, 'EUR'],
  ['€-12', -12, 'EUR'],
  ['0.125 EUR', 0.125, 'EUR'],
  ['1.234 KWD', 1.234, 'KWD'],
  ['1234.567 EUR', 1234.567, 'EUR'],
  // As the SDK writes lists and objects.
  ['12.5,EUR', 12.5, 'EUR'],
  ['12.50,usd', 12.5, 'USD'],
  ['1.234,EUR', 1.234, 'EUR'],
  ['12,5,EUR', 12.5, 'EUR'],
  ['EUR,12.50', 12.5, 'EUR'],
  ['EUR,1.234', 1.234, 'EUR'],
  ['0.30000000000000004,EUR', 0.30000000000000004, 'EUR'],
  ['-3,EUR', -3, 'EUR'],
  ['0,EUR', 0, 'EUR'],
  // One or a thousand; of several countries; not an amount.
  ['1,234 EUR', undefined, undefined],
  ['1.234 EUR', undefined, undefined],
  ['€1,234', undefined, undefined],
  ['$12.50', undefined, undefined],
  ['¥500', undefined, undefined],
  ['12.50', undefined, undefined],
  ['EUR', undefined, undefined],
  ['a lot', undefined, undefined],
  ['12.50 EURO', undefined, undefined],
  ['EUR 12.50 EUR', undefined, undefined],
  ['12.50 EUR 3', undefined, undefined],
  ['12..50 EUR', undefined, undefined],
  ['1,23,4 EUR', undefined, undefined],
  ['1.234,56,7 EUR', undefined, undefined],
  ['1 23 EUR', undefined, undefined],
  ['1e3 EUR', undefined, undefined],
  ['NaN,EUR', undefined, undefined],
  ['Infinity,EUR', undefined, undefined],
  ['12.5,EUR,3', undefined, undefined],
  ['--3 EUR', undefined, undefined],
  [`${'1'.repeat(70)} EUR`, undefined, undefined],
  ['', undefined, undefined],
])('%s is %s %s', (written, amount, currency) => {
  expect(readMoney(written)).toEqual(amount === undefined ? undefined : [amount, currency]);
});

test('a long text is as quick as a short one', () => {
  for (const piece of [',', ' ', '1,111', "1'", '€', '1 '])
    expect(readMoney(piece.repeat(65_536).slice(0, 65_536))).toBeUndefined();
});

import { expect, it } from 'vitest';
import { shownPath, typedText } from './page-path.ts';

it.each(['/über-uns', '/日本語/製品', '/о-нас', '/🎉-2', '/a b%2Fc', '/about', ''])('%s stays as it is', (path) => {
  expect(shownPath(path)).toBe(path);
});

it('steps from right to left stay in the order of the path', () => {
  const path = '/שלום/עולם%2Fa-1';
  expect(shownPath(path)).toBe('\u200e/\u200eשלום\u200e/\u200eעולם\u200e%2F\u200ea-1');
  expect(typedText(` ${shownPath(path)} `)).toBe(path);
});

it.each([
  ['/a?שלום=עולם&ש=1#ב', '\u200e/\u200ea\u200e?\u200eשלום\u200e=\u200eעולם\u200e&\u200eש\u200e=\u200e1\u200e#\u200eב'],
  ['https://مثال.إختبار/سلام', 'https:\u200e//\u200eمثال.إختبار\u200e/\u200eسلام'],
  ['مثال.إختبار/سلام/ab', 'مثال.إختبار\u200e/\u200eسلام\u200e/\u200eab'],
])('so do the parts of %s', (address, shown) => {
  expect(shownPath(address)).toBe(shown);
  expect(typedText(shown)).toBe(address);
});

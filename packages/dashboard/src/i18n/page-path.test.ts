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

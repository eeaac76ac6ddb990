import { expect, it } from 'vitest';
import { functionName } from './function-name.ts';

it.each([
  ['total', 'total'],
  ['Cart.total', 'total'],
  ['Object.total [as sum]', 'total'],
  ['Cart.prototype.total', 'total'],
  ['async Cart.total', 'total'],
  ['new Cart', 'Cart'],
  ['get total', 'total'],
  ['get total [as total]', 'total'],
  ['Cart.#total', 'total'],
  ['#total', 'total'],
  ['cart/total', 'total'],
  ['cart/this.total', 'total'],
  ['HTMLButtonElement.onclick', 'onclick'],
  ['e.total', 'total'],
  ['total$1', 'total'],
  ['total2', 'total'],
  ['$5a1e2b$export$total', 'total'],
  ['$5a1e2b$var$total', 'total'],
  ['pay', 'pay'],
  ['größe', 'größe'],
])('%s is %s', (written, name) => {
  expect(functionName(written)).toBe(name);
});

it.each([
  '',
  '<anonymous>',
  'Object.<anonymous>',
  'HTMLButtonElement.<anonymous>',
  'total/<',
  'total/</<',
  'global code',
  'module code',
  'Anonymous function',
  't',
  'Qe',
  'e.t',
  'aB$',
  'aBc',
  'new e',
  't2',
  'eval',
  '1234',
  'Object.1234',
  './src/cart.js',
  '__webpack_require__',
  'e.exports',
  't.value',
  'Module.default',
  '_callee$',
  '_callee2$',
  'asyncGeneratorStep',
])('%s is no name', (written) => {
  expect(functionName(written)).toBe('');
});

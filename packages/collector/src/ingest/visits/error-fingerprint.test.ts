import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../../../../test/support/cpu.ts';
import { fingerprint } from './error-fingerprint.ts';

/** The same stack as engines write it; a step is the function and where it is, such as `total index-BkT9x_Qz.js:1:2`. */
const chromium = (message: string, ...steps: string[]): [string, string] => [
  message,
  [
    message,
    ...steps.map((step) =>
      step.replace(/((?:async )?\S*) (.*)/, (_, name, at) => `    at ${name ? `${name} (${url(at)})` : url(at)}`),
    ),
  ].join('\n'),
];
const firefox = (message: string, ...steps: string[]): [string, string] => [
  message,
  steps.map((step) => step.replace(/(?:.*\.)?(\S*) (.*)/, (_, name, at) => `${name}@${url(at)}`)).join('\n'),
];
const safari = (message: string, ...steps: string[]): [string, string] => [
  message,
  steps
    .map((step) => step.replace(/(?:.*\.)?(\S*) (.*)/, (_, name, at) => `${name && `${name}@`}${url(at)}`))
    .join('\n'),
];
const url = (at: string): string => `https://example.com/assets/${at}`;
const print = ([message, stack]: readonly [string, string]): string => fingerprint(message, stack);

const READ = "TypeError: Cannot read properties of undefined (reading 'price')";
const at = (...steps: string[]) => chromium(READ, ...steps);

describe('one problem', () => {
  it.each([
    ['other lines and columns', at('total app.js:10:5'), at('total app.js:99:1')],
    ['another release in the query', at('total app.js?v=2:10:5'), at('total app.js?v=3:10:5')],
    ['another hash in the name', at('total index-BkT9x_Qz.js:1:2'), at('total index-D8sk2LmA.js:1:2')],
    [
      'another hash and minified name',
      at('t index-BkT9x_Qz.js:1:2', 'total index-BkT9x_Qz.js:1:9'),
      at('Qe index-D8sk2LmA.js:1:2', 'total index-D8sk2LmA.js:1:9'),
    ],
    ['another file of a build', at('total cart-BkT9x_Qz.js:1:2'), at('total index-D8sk2LmA.js:1:2')],
    ['another caller', at('total app.js:1:2', 'open app.js:3:4'), at('total app.js:1:2', 'close app.js:5:6')],
    ['another page', at(' ../shop/17:1:2'), at(' ../shop/18:1:2')],
    ['a name that a build has numbered', at('total$1 index-BkT9x_Qz.js:1:2'), at('total2 index-BkT9x_Qz.js:1:2')],
    ['what it came of', at('total app.js:1:2'), [READ, `${at('total app.js:1:2')[1]}\nCaused by: Error: x`] as const],
    [
      'Firefox',
      at('Cart.total app.js:1:2'),
      firefox(`TypeError: can't access property "price", item is undefined`, 'total app.js:1:2'),
    ],
    [
      'Safari',
      at('Cart.total app.js:1:2'),
      safari("TypeError: undefined is not an object (evaluating 'item.price')", 'total app.js:1:2'),
    ],
    [
      'a callback in all',
      at(' app.js:1:2', 'Array.map <anonymous>', 'Cart.total app.js:3:4'),
      firefox('TypeError: can\'t access property "price", e is undefined', 'total/< app.js:1:2', 'total app.js:3:4'),
    ],
    ['a setter that is called otherwise', at('Object.total [as sum] app.js:1:2'), at('Cart.total app.js:1:2')],
    ['the same message of a worker', at('total app.js:1:2'), [`Uncaught ${READ}`, at('total app.js:1:2')[1]] as const],
    ['other numbers', ['item 17 is gone', ''], ['item 4 is gone', '']],
    ['another quoted name', ["no 'ann' here", ''], ["no 'bob' here", '']],
    ['a quoted name behind an apostrophe', ["can't find 'ann'", ''], ["can't find 'bob'", '']],
    [
      'another address',
      ['Error: GET https://a.example/x?y=1 failed', ''],
      ['Error: GET https://b.example/z failed', ''],
    ],
    ['another short id', ['Error: Voucher 8bdef6 ended', ''], ['Error: Voucher 707eba ended', '']],
    ['another mail address', ['Error: no mail to ann@a.example', ''], ['Error: no mail to b.c+d@e.example', '']],
    ['another path', ['Error: Not found: /blog/2019/old', ''], ['Error: Not found: /author/7', '']],
    ['another sign', ['Error: slide -1 of 5', ''], ['Error: slide 17 of 5', '']],
    [
      'what an engine said, passed on',
      ["Error: Worker failed: Uncaught TypeError: Cannot read properties of undefined (reading 'length')", ''],
      ["Error: Worker failed: TypeError: undefined is not an object (evaluating 'e.length')", ''],
    ],
    [
      'a library that throws for a caller that waits',
      chromium('Error: status 500', 'fail vendor-BkT9x_Qz.js:1:2', 'async load index-BkT9x_Qz.js:1:2'),
      chromium('Error: status 500', 'other vendor-D8sk2LmA.js:1:2', 'async load index-D8sk2LmA.js:1:2'),
    ],
    ['another id', ['Error: order 0b8f1c2d3e4f is gone', ''], ['Error: order 77aa01be99cc is gone', '']],
  ] as const)('%s', (_what, a, b) => {
    expect(print(a)).toBe(print(b));
    expect(print(a)).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('different problems', () => {
  it.each([
    ['another message', ['x is null', at('total app.js:1:2')[1]], ['y is null', at('total app.js:1:2')[1]]],
    ['another property', at('total app.js:1:2'), chromium(READ.replace('price', 'name'), 'total app.js:1:2')],
    ['another function of one bundle', at('total index-BkT9x_Qz.js:1:2'), at('empty index-BkT9x_Qz.js:1:2')],
    ['another script', at('init cart.js:1:2'), at('init search.js:1:2')],
    ['another mistake', at('total app.js:1:2'), chromium('TypeError: price is not a function', 'total app.js:1:2')],
    [
      'another variable that is missing',
      ['ReferenceError: a is not defined', ''],
      ['ReferenceError: b is not defined', ''],
    ],
    ['another code of an object', ['Object {code} code: 42', ''], ['Object {code} code: 43', '']],
    [
      'another error of React',
      ['Error: Minified React error #418; visit https://react.dev/errors/418', ''],
      ['Error: Minified React error #425; visit https://react.dev/errors/425', ''],
    ],
    ['what a site writes of its own', ['Error: user is null', ''], ['Error: cart is null', '']],
  ] as const)('%s', (_what, a, b) => {
    expect(print(a)).not.toBe(print(b));
  });
});

describe('one mistake in the words of three engines', () => {
  it.each([
    [
      "Cannot read properties of null (reading 'id')",
      'can\'t access property "id", e is null',
      "null is not an object (evaluating 'e.id')",
    ],
    [
      "Cannot read properties of undefined (reading 'map')",
      'can\'t access property "map", e.items is undefined',
      "undefined is not an object (evaluating 'e.items.map((t)=>t.id)')",
    ],
    [
      "Cannot set properties of null (setting 'hidden')",
      'can\'t access property "hidden", e is null',
      "null is not an object (evaluating 'e.hidden = !0')",
    ],
    [
      'e.cart.sum is not a function',
      'e.cart.sum is not a function',
      "e.cart.sum is not a function. (In 'e.cart.sum()', 'e.cart.sum' is undefined)",
    ],
    [
      'e.load(...).later is not a function',
      'e.load(...).later is not a function',
      "e.load().later is not a function. (In 'e.load().later(1)', 'e.load().later' is undefined)",
    ],
    ['t is not a function', 'e is not a function', "n is not a function. (In 'n()', 'n' is undefined)"],
    [
      'object null is not iterable (cannot read property Symbol(Symbol.iterator))',
      'e is not iterable',
      "undefined is not a function (near '...[e]...')",
    ],
    ['e is not a constructor', 't is not a constructor', "n is not a constructor (evaluating 'new n')"],
    [
      'Assignment to constant variable.',
      "invalid assignment to const 'limit'",
      'Attempted to assign to constant variable.',
    ],
    [
      "Cannot assign to read only property 'rate' of object '#<Object>'",
      '"rate" is read-only',
      'Attempted to assign to readonly property.',
    ],
  ])('TypeError: %s', (...said) => {
    expect(new Set(said.map((text) => fingerprint(`TypeError: ${text}`, ''))).size).toBe(1);
  });

  it.each([
    [
      'ReferenceError: basket is not defined',
      'ReferenceError: basket is not defined',
      "ReferenceError: Can't find variable: basket",
    ],
    [
      "ReferenceError: Cannot access 'e' before initialization",
      "ReferenceError: can't access lexical declaration 't' before initialization",
      'ReferenceError: Cannot access uninitialized variable.',
    ],
    [
      'RangeError: Maximum call stack size exceeded',
      'InternalError: too much recursion',
      'RangeError: Maximum call stack size exceeded.',
    ],
    [
      'RangeError: Invalid array length',
      'RangeError: invalid array length',
      'RangeError: Array size is not a small enough positive integer.',
    ],
    [
      'SyntaxError: Unexpected token \'<\', "<!DOCTYPE "... is not valid JSON',
      'SyntaxError: JSON.parse: unexpected character at line 1 column 1 of the JSON data',
      "SyntaxError: JSON Parse error: Unrecognized token '<'",
    ],
    [
      'SyntaxError: Unexpected end of JSON input',
      'SyntaxError: JSON.parse: unexpected end of data at line 1 column 1 of the JSON data',
      'SyntaxError: JSON Parse error: Unexpected EOF',
    ],
    [
      'TypeError: Failed to fetch',
      'TypeError: NetworkError when attempting to fetch resource.',
      'TypeError: Load failed',
    ],
    ['URIError: URI malformed', 'URIError: malformed URI sequence', 'URIError: URI error'],
    [
      'TypeError: Converting circular structure to JSON\n    --> starting at',
      'TypeError: cyclic object value',
      'TypeError: JSON.stringify cannot serialize cyclic structures.',
    ],
    [
      'AbortError: signal is aborted without reason',
      'AbortError: The operation was aborted. ',
      'AbortError: Fetch is aborted',
    ],
  ])('%s', (...said) => {
    expect(new Set(said.map((text) => fingerprint(text, ''))).size).toBe(1);
  });
});

describe('what one of the browser’s own functions threw', () => {
  it.each([
    [
      'removeChild',
      [
        "NotFoundError: Failed to execute 'removeChild' on 'Node': The node to be removed is not a child of this node.",
        '',
      ],
      ['NotFoundError: Node.removeChild: The node to be removed is not a child of this node', ''],
      ['NotFoundError: The object can not be found here.', 'removeChild@[native code]'],
    ],
    [
      'createObjectURL',
      ["TypeError: Failed to execute 'createObjectURL' on 'URL': Overload resolution failed.", ''],
      ['TypeError: URL.createObjectURL: Argument 1 is not valid for any of the 1-argument overloads.', ''],
      ['TypeError: Type error', 'createObjectURL@[native code]'],
    ],
    [
      'setItem',
      [
        "QuotaExceededError: Failed to execute 'setItem' on 'Storage': Setting the value of 'a1' exceeded the quota.",
        '',
      ],
      ['QuotaExceededError: The quota has been exceeded.', ''],
      ['QuotaExceededError: The quota has been exceeded.', 'setItem@[native code]'],
    ],
    [
      'play',
      ["NotAllowedError: play() failed because the user didn't interact with the document first.", ''],
      ['NotAllowedError: The play method is not allowed by the user agent', ''],
      ['NotAllowedError: The request is not allowed by the user agent', ''],
    ],
  ] as [string, ...[string, string][]][])('%s is one problem', (_, ...said) => {
    expect(new Set(said.map(print)).size).toBe(1);
  });

  it('is not what a site says by such a name, nor what another function threw', () => {
    expect(print(['NotFoundError: No such order', ''])).not.toBe(print(['NotFoundError: No such user', '']));
    const failed = (called: string) =>
      `NotFoundError: Failed to execute '${called}' on 'Node': The node is not a child.`;
    expect(print([failed('removeChild'), ''])).not.toBe(print([failed('insertBefore'), '']));
  });
});

describe('where functions call each other without end', () => {
  const deep = (...steps: string[]) =>
    chromium('RangeError: Maximum call stack size exceeded', ...Array<string[]>(10).fill(steps).flat());

  it('it does not matter which of them was the last', () => {
    expect(print(deep('walk app.js:1:2', 'visit app.js:3:4'))).toBe(print(deep('visit app.js:3:4', 'walk app.js:1:2')));
  });

  it('others are another problem', () => {
    expect(print(deep('walk app.js:1:2', 'visit app.js:3:4'))).not.toBe(print(deep('flat app.js:1:2')));
    expect(print(deep('t app.js:1:2'))).not.toBe(print(deep('t app.js:1:2', ' app.js:3:4')));
  });
});

it('takes no longer for what is hostile', () => {
  const texts = ["'", '(a', 'a.', ':1', 'http://', 'a', '@', 'a-', 'A1', '\n'].map((text) =>
    text.repeat(16_384 / text.length),
  );
  // What is cut before it comes here.
  const run = (message: string, stack: string) => fingerprint(message.slice(0, 4096), stack.slice(0, 16_384));
  const runAll = () => {
    for (const text of texts) {
      run(`TypeError: ${text}`, text);
      run(text, `@${text.slice(0, 1000)}\n`.repeat(60));
      run(
        `Error: ${text} is`,
        `    at ${text.slice(0, 100)} (https://example.com/${text.slice(0, 300)}.js:1:2)\n`.repeat(60),
      );
    }
  };
  runAll();
  expect(cpuMs(runAll) / texts.length / 3).toBeLessThan(5);
});

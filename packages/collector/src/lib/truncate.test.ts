import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { cut, cutBetweenWords } from './truncate.ts';

describe('cut', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['ab😀', 3, 'ab'],
    ['ab👩‍👧', 5, 'ab'],
    ['abe\u0301', 3, 'ab'],
    ['/a%C3%BC', 3, '/a'],
    ['/a%C3%BC', 4, '/a'],
    ['/a%C3%BC', 5, '/a'],
    ['/a%C3%BC', 7, '/a'],
    ['/%F0%9F%98%80', 12, '/'],
    ['/a%E9%E9', 5, '/a%E9'],
    ['to [email] now', 8, 'to '],
    ['to [email] now', 10, 'to [email]'],
    ['[email]', 3, '[em'],
    ['a [1] b', 3, 'a ['],
  ])('%s to %d: %s', (text, end, expected) => {
    expect(cut(text, end)).toBe(expected);
  });

  it('takes few steps in a heap of signs', () => {
    expect(cut(`a${'\u0301'.repeat(1000)}`, 500).length).toBeGreaterThan(480);
  });
});

describe('between words', () => {
  test.each([
    ['in words', 'one two three', 10, 'one two '],
    ['in a list', 'SKU0001,SKU0002,SKU0003', 20, 'SKU0001,SKU0002,'],
    ['in a path', 'https://example.com/a/b/c1234', 27, 'https://example.com/a/b/'],
    ['in Chinese', '标题'.repeat(10), 5, '标题标题标'],
    ['in Chinese with a word', `${'标'.repeat(10)}jane.doe`, 14, '标'.repeat(10)],
    ['in Thai', 'ราคา'.repeat(10), 4, 'ราคา'],
    ['in what has no place', 'abc_'.repeat(40), 120, 'abc_'.repeat(30)],
    ['far from a place', `a ${'b'.repeat(100)}`, 90, `a ${'b'.repeat(88)}`],
    ['of a text that ends there', 'one two', 7, 'one '],
  ])('%s', (_, text, end, expected) => {
    expect(cutBetweenWords(text, end)).toBe(expected);
  });

  it('leaves most of every text, well-formed, and never more than it may', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 200, maxLength: 300 }),
        fc.integer({ min: 100, max: 200 }),
        (text, end) => {
          for (const kept of [cut(text, end), cutBetweenWords(text, end)]) {
            expect(text.startsWith(kept)).toBe(true);
            expect(kept.length).toBeLessThanOrEqual(end);
            expect(kept.length).toBeGreaterThan(end - 64 - 16 * 3);
            expect(kept.isWellFormed()).toBe(true);
          }
        },
      ),
    );
  });
});

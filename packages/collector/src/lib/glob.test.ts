import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { cpuMs } from '../../../../test/support/cpu.ts';
import { glob } from './glob.ts';

/** The definition, in a table as large as both texts: true where the first `i` characters of the pattern stand for the first `j`. */
const defined = (pattern: string, text: string): boolean => {
  let row = Array.from({ length: text.length + 1 }, (_, j) => j === 0);
  for (const char of pattern) {
    const above = row;
    row = [];
    for (let j = 0; j <= text.length; j++)
      row.push(
        char === '*'
          ? above[j] === true || row[j - 1] === true
          : j > 0 && above[j - 1] === true && text[j - 1] === char,
      );
  }
  return row[text.length] === true;
};

describe('glob', () => {
  test.each([
    ['/admin', '/admin', true],
    ['/admin', '/admin/', false],
    ['/admin', '/admins', false],
    ['/admin/*', '/admin/', true],
    ['/admin/*', '/admin/users/7', true],
    ['/admin/*', '/admin', false],
    ['*', '/', true],
    ['/*/edit', '/posts/7/edit', true],
    ['/*/edit', '/edit', false],
    ['/a*a', '/a', false],
    ['/a*b*c', '/abc', true],
    ['/a*b*c', '/acb', false],
    ['/*.pdf', '/list.pdf?', false],
    ['/a.c', '/abc', false],
    ['/(a+)+$', '/aaaa', false],
  ])('%s and %s: %s', (pattern, text, matches) => {
    expect(glob(pattern)(text)).toBe(matches);
  });

  it('says what its definition says', () => {
    const few = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, few, (given, text) => {
        expect(glob(given)(text)).toBe(defined(given, text));
      }),
      { numRuns: 5000 },
    );
  });

  it('never goes back: 100 stars in a text of one letter take no longer than one', () => {
    // As a regular expression this does not end in a lifetime; one that goes back once a star takes hours.
    const matches = glob(`${'*a'.repeat(99)}*b*`);
    const took = cpuMs(() => {
      for (let i = 0; i < 100; i++) expect(matches('a'.repeat(2000))).toBe(false);
    });
    expect(took).toBeLessThan(1000);
  });
});

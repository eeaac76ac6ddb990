import { describe, expect, it } from 'vitest';
import { csvOf, tableOf } from './table.ts';

describe('a table', () => {
  it('has numbers at the right, and names what is empty', () => {
    const rows = [
      ['/', 1234567, 12.5],
      ['', 3, null],
    ];
    expect(tableOf(['page', 'visitors', 'share'], rows).split('\n')).toEqual([
      'page     visitors  share',
      '/       1,234,567   12.5',
      '(none)          3      –',
    ]);
  });

  it('is straight also where letters take two cells, or none', () => {
    const rows = [
      ['日本', 1],
      ['bu\u0308cher', 2],
    ];
    expect(tableOf(['page', 'n'], rows).split('\n')).toEqual(['page    n', '日本    1', 'bu\u0308cher  2']);
  });

  it('passes on nothing that a terminal would obey', () => {
    const evil = '\u001b[31m\u009b2J\u0007\n\u202e\u2028x';
    expect(tableOf(['page'], [[evil]])).toBe('page\n�[31m�2J����x');
  });
});

describe('comma-separated values', () => {
  it.each([
    ['a,b', '"a,b"'],
    ['say "a"', '"say ""a"""'],
    ['=1+1', "'=1+1"],
    ['@sum', "'@sum"],
    ['a;=1+1;b', "a;'=1+1;b"],
    ['two\nlines', 'two�lines'],
    ['', ''],
  ])('%j is %s', (cell, written) => {
    expect(csvOf(['page'], [[cell]])).toBe(`page\n${written}`);
  });

  it('numbers are plain', () => {
    expect(csvOf(['a', 'b', 'c'], [[-1234.5, null, 0]])).toBe('a,b,c\n-1234.5,,0');
  });
});

import { expect, it } from 'vitest';
import { csvOf } from './csv.ts';

it.each<[string, (string | number | null)[], string]>([
  ['plain', ['/about', 12, 3.5], '/about,12,3.5'],
  ['nothing to divide by', ['/about', null], '/about,'],
  ['commas, quotes and lines', ['a,b', 'say "hi"', 'one\ntwo'], '"a,b","say ""hi""","one\ntwo"'],
  ['what a spreadsheet would run', ['=1+1', '+1', '-1', '@SUM(A1)', '\tx'], "'=1+1,'+1,'-1,'@SUM(A1),'\tx"],
  ['what it would run behind a semicolon', ['/a;=1+1;-2', 'a;b=1'], "/a;'=1+1;'-2,a;b=1"],
  ['numbers below zero', [-3], '-3'],
])('%s', (_, row, line) => {
  expect(csvOf(['Page'], [row])).toBe(`Page\r\n${line}\r\n`);
});

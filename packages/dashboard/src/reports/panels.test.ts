import { expect, it } from 'vitest';
import { inOneSpelling } from '../state/filters.ts';
import { asStored, plainName, REPORTS, reportOf, rowName, valueName } from './panels.ts';
import type { Report } from './report.ts';

const RTL = ['سلام/دنیا', 'سلام\u200e/\u200eدنیا'] as const;

it.each([
  ['pages', `/${RTL[0]}`, `\u200e/\u200e${RTL[1]}`],
  ['missing', `/${RTL[0]}`, `\u200e/\u200e${RTL[1]}`],
  ['form_paths', `/${RTL[0]}`, `\u200e/\u200e${RTL[1]}`],
  ['referrers', RTL[0], RTL[1]],
  ['outbound', `https://${RTL[0]}`, `https:\u200e//\u200e${RTL[1]}`],
  ['titles', RTL[0], RTL[0]],
  ['forms', RTL[0], RTL[0]],
] as const)('addresses among %s have their steps in order, and files have no marks', (id, value, shown) => {
  const report: Report = REPORTS[id];
  expect(reportOf(id)).toBe(report);
  expect(rowName(report, value)).toBe(shown);
  expect(plainName(report, value)).toBe(value);
});

it('so have those of any property', () => {
  expect(valueName('event:props:ziel', `/${RTL[0]}`)).toBe(`\u200e/\u200e${RTL[1]}`);
  expect(valueName('event:props:ziel', RTL[0])).toBe(RTL[0]);
});

it.each([
  ['event:page', 'https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe?q=1', '/größe?q=1'],
  ['event:page', 'https://bücher.example/größe', '/größe'],
  ['visit:entry_page', 'HTTP://localhost:3000/a', '/a'],
  ['visit:exit_page', 'https://bücher.example', '/'],
  ['event:page', 'größe', 'größe'],
  ['event:page', '/a?to=https://b.example/c', '/a?to=https://b.example/c'],
  ['event:hostname', 'https://xn--bcher-kva.example/größe', 'bücher.example'],
  ['visit:source', 'https://xn--bcher-kva.example/', 'bücher.example'],
  ['visit:source', 'Google', 'Google'],
  ['visit:referrer', 'https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe', 'bücher.example/größe'],
  ['event:props:url', 'https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe', 'https://bücher.example/größe'],
  ['event:props:path', '/gr%C3%B6%C3%9Fe', '/größe'],
  ['event:props:plan', 'a%20b xn--bcher-kva.example', 'a%20b xn--bcher-kva.example'],
  ['event:title', 'https://bücher.example/a%20b', 'https://bücher.example/a%20b'],
] as const)('of %s an address that was copied, %s, is %s', (dimension, typed, value) => {
  expect(inOneSpelling(dimension, asStored(dimension, typed))).toBe(value);
});

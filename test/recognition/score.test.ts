import { expect, test } from 'vitest';
import { type Kind, readCases } from '../../scripts/score-recognition/cases.ts';
import { judge } from '../../scripts/score-recognition/judge.ts';

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const JUDGED: readonly (readonly [kind: Kind, input: string, expected: string, right: boolean])[] = [
  ['agent-dropped', AGENT, 'person: anybody', true],
  ['bot', AGENT, 'robot', false],
  ['browser', AGENT, 'firefox app (a remark of words)', true],
  ['browser', AGENT, 'Chrome, or Firefox', true],
  ['system', AGENT.replace('X11; Linux x86_64', 'Windows NT 10.0; Win64; x64'), 'Windows 10 or later', true],
  ['browser', AGENT, 'Firefox Focus', false],
  ['device', AGENT, 'Desktop (Chromebook)', true],
  ['device', AGENT, 'Tablet (desktop)', false],
  ['system', `${AGENT}  + {"Sec-CH-UA-Platform":"\\"Android\\"","Sec-CH`, 'Android without a version', true],
  ['source', 'https://www.google.com/', 'Google / Organic search', true],
  ['source', 'https://www.google.com/', 'Google / Paid search', false],
  ['channel', '?ref=nav  ← https://www.google.com/', 'nav / ?  (a remark of words)', true],
  ['spam', 'semalt.com', 'spam', true],
  ['spam', 'example.org', 'spam', false],
  ['scrub-leak', 'text "password=hunter2"', 'without "hunter2"', true],
  ['scrub-leak', 'text "a hunter2"', 'without "hunter2"', false],
  ['scrub-false-alarm', 'path "/news/4711"', 'with "4711"', true],
];

test.each(JUDGED)('%s %s is not simply taken for right', (kind, input, expected, right) => {
  expect(judge({ id: '1', kind, weight: 1, input, expected }).right).toBe(right);
});

test('a file of cases names its columns, and a wrong line is named', () => {
  const head = 'id\tkind\tweight\tgot\tinput\texpected\n';
  expect(readCases(`${head}A\tspam\t2\tcounted\tx.example\tspam\n\n`)).toStrictEqual([
    { id: 'A', kind: 'spam', weight: 2, input: 'x.example', expected: 'spam' },
  ]);
  expect(() => readCases(`${head}A\tspam\t2\n`)).toThrow('Line 2 has no input.');
  expect(() => readCases(`${head}A\tspan\t2\t\tx\ty\n`)).toThrow('span is no kind');
  expect(() => readCases(`${head}A\tspam\tmuch\t\tx\ty\n`)).toThrow('much is no weight');
});

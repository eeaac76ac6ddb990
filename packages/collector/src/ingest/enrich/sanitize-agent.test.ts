import { expect, test } from 'vitest';
import { AGENTS } from '../../../../../test/counting/agents.ts';
import { sanitizeAgent } from './sanitize-agent.ts';

const IN_APPS = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/468.0.0.36.103;FBBV/604588574;FBDV/iPhone15,3;FBMD/iPhone;FBSN/iOS;FBSV/17.5;FBSS/3;FBID/phone;FBLC/en_US;FBOP/5]',
  'Mozilla/5.0 (Linux; Android 13; SM-S918B Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.6422.165 Mobile Safari/537.36 Instagram 334.0.0.42.95 Android (33/13; 450dpi; 1080x2115; samsung; SM-S918B; dm3q; qcom; en_US; 605596538)',
  'Mozilla/5.0 (Linux; Android 12; V2049A Build/SP1A.210812.003; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/86.0.4240.99 XWEB/4317 MMWEBSDK/20220709 Mobile Safari/537.36 MMWEBID/5567 MicroMessenger/8.0.25.2200(0x28001953) WeChat/arm64',
  'Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; WOW64; Trident/4.0; SLCC2; .NET CLR 2.0.50727; .NET CLR 3.5.30729; .NET CLR 3.0.30729; Media Center PC 6.0)',
];

test.each([...AGENTS.map(({ text }) => text), ...IN_APPS])('reads all that counts of %s', (agent) => {
  expect(sanitizeAgent(agent)).toBe(agent.slice(0, 300));
});

test.each([
  ['what is repeated', `Mozilla/5.0 ${'naver('.repeat(10)}`, `Mozilla/5.0 ${'naver('.repeat(5)}`],
  ['a long number', `Mozilla/5.0 naver(${'0.'.repeat(300)}`, `Mozilla/5.0 naver(${'0.'.repeat(10)}`],
  ['a long name', `Mozilla/5.0 ${'a'.repeat(200)} x`, `Mozilla/5.0 ${'a'.repeat(40)} x`],
  [
    'many numbers',
    `Mozilla/5.0 ${Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGH', (c) => `0.${c}`).join('')}`,
    `Mozilla/5.0 ${Array.from('abcdefghijklmnopqrstuvwxyzABC', (c) => `0.${c}`).join('')}0`,
  ],
])('reads little of %s', (_, agent, read) => {
  expect(sanitizeAgent(agent)).toBe(read);
});

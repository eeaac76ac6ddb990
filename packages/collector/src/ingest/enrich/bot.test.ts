import { expect, test } from 'vitest';
import { isBot } from './bot.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';

test.each([
  ['a browser', FIREFOX, false],
  ['a phone that is called Cubot', CHROME.replace('X11; Linux x86_64', 'Linux; Android 13; CUBOT NOTE 7'), false],
  ['a browser in an app', `${CHROME} [FBAN/FBIOS;FBAV/470.0.0.0;FBDV/iPhone14,5;${'x'.repeat(400)}]`, false],
  ['Opera Mini', 'Opera/9.80 (Android; Opera Mini/80.0/191.273; U; en) Presto/2.12.423 Version/12.16', false],
  ['no agent', '', true],
  ['an agent that is too long to be one', FIREFOX + ' x'.repeat(600), true],
  ['headless', CHROME.replace('Chrome', 'HeadlessChrome'), true],
  ['Googlebot', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', true],
  ['Lighthouse', `${CHROME} Chrome-Lighthouse`, true],
  ['curl', 'curl/8.5.0', true],
  ['Python', 'python-requests/2.31.0', true],
  ['Node', 'node', true],
  ['Go', 'Go-http-client/2.0', true],
  ['an app that is no browser', 'Shop/4.2 (iPhone; iOS 17.5; Scale/3.00)', true],
  ['the first word of an agent alone', 'Mozilla/5.0', true],
])('%s: %s %s', (_, agent, expected) => {
  expect(isBot(agent)).toBe(expected);
});

import { expect, test } from 'vitest';
import { showsMail } from './mail.ts';

test.each([
  ['Google', 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)', true],
  ['Yahoo', 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html', true],
  ['Apple', 'Mozilla/5.0', true],
  ['Outlook', 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17126; Pro)', true],
  ['Outlook on Android', 'Outlook-Android/2.0', true],
  ['a robot', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', false],
  ['a tool', 'curl/8.5.0', false],
  ['nothing', '', false],
  [
    'a browser, which needs no exception',
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    false,
  ],
  ['what is far too long', `Microsoft Outlook ${'x'.repeat(2000)}`, false],
])('%s: %s', (_, agent, shows) => {
  expect(showsMail(agent)).toBe(shows);
});

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { MARKS } from './marks.ts';
import { BROWSERS, DEVICES, SYSTEMS } from './names.ts';
import { BLINK, read, WEBKIT } from './testing.ts';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K)';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0',
    'Firefox 128, Windows 10 or later, Desktop',
  ],
  [`${WINDOWS} ${BLINK} Chrome/131.0.0.0 Safari/537.36`, 'Chrome 131, Windows 10 or later, Desktop'],
  [
    `${WINDOWS} ${BLINK} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`,
    'Microsoft Edge 131, Windows 10 or later, Desktop',
  ],
  [`${WINDOWS} ${BLINK} Chrome/126.0.0.0 Safari/537.36 OPR/112.0.0.0`, 'Opera 112, Windows 10 or later, Desktop'],
  [
    'Mozilla/5.0 (Windows NT 6.3; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0',
    'Firefox 115, Windows 8.1, Desktop',
  ],
  ['Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko', 'Internet Explorer 11, Windows 7, Desktop'],
  [
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/17.4 Safari/605.1.15`,
    'Safari 17, macOS, Desktop',
  ],
  [`${IPHONE} ${WEBKIT} Version/17.5 Mobile/15E148 Safari/604.1`, 'Safari 17, iOS 17, Mobile'],
  [`${IPHONE} ${WEBKIT} Mobile/15E148`, 'Safari WebView, iOS 17, Mobile'],
  [`${IPHONE} ${WEBKIT} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`, 'Chrome 126, iOS 17, Mobile'],
  [`${IPHONE} ${WEBKIT} GSA/320.0 Mobile/15E148 Safari/604.1`, 'Google app 320, iOS 17, Mobile'],
  [`${IPHONE} ${WEBKIT} Mobile/15E148 [FBAN/FBIOS;FBAV/470.0.0.0;FBDV/iPhone14,5]`, 'Facebook 470, iOS 17, Mobile'],
  [
    `Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) ${WEBKIT} Version/16.6 Mobile/15E148 Safari/604.1`,
    'Safari 16, iOS 16, Tablet',
  ],
  [`${ANDROID} ${BLINK} Chrome/131.0.0.0 Mobile Safari/537.36`, 'Chrome 131, Android, Mobile'],
  [`${ANDROID} ${BLINK} Chrome/131.0.0.0 Safari/537.36`, 'Chrome 131, Android, Tablet'],
  [
    `${ANDROID} ${BLINK} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
    'Samsung Browser 25, Android, Mobile',
  ],
  ['Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0', 'Firefox 128, Android 14, Mobile'],
  ['Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox 128, GNU/Linux, Desktop'],
  [
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${BLINK} Chrome/126.0.0.0 Safari/537.36`,
    'Chrome 126, Chrome OS, Desktop',
  ],
  [
    `Mozilla/5.0 (Web0S; Linux/SmartTV) ${BLINK} Chrome/94.0.4606.128 Safari/537.36 WebAppManager`,
    'Chrome 94, webOS, TV',
  ],
  [
    `Mozilla/5.0 (PlayStation; PlayStation 5/6.50) ${WEBKIT} Version/16.4 Safari/605.1.15`,
    'Safari 16, PlayStation, Console',
  ],
  ['Mozilla/5.0 (Mobile; Nokia 2720; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5.2', 'Firefox 48, KaiOS 2, Mobile'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Camino/2.0', 'Other, GNU/Linux, Desktop'],
  ['Mozilla/5.0 (Nothing anyone knows) and more words', 'Unknown, Unknown, Unknown'],
])('%s', (agent, expected) => {
  const { bot, browser_version, os_version, device } = read(agent);
  expect({ bot, said: `${browser_version}, ${os_version}, ${device}` }).toEqual({ bot: false, said: expected });
});

it('names a robot as nothing but that', () => {
  expect(read('curl/8.5.0')).toEqual({
    bot: true,
    browser: 'Unknown',
    browser_version: 'Unknown',
    os: 'Unknown',
    os_version: 'Unknown',
    device: 'Unknown',
  });
});

describe('an agent cannot smuggle anything into the store', () => {
  test.each([
    'Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/jane.doe.198.51.100.7',
    'Mozilla/5.0 (Windows NT 198.51.100.7; rv:128.0) Gecko/20100101 Firefox/198.51.100.7',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 4711081500 like Mac OS X) AppleWebKit/1 (KHTML) Version/4711081500 Mobile/1 Safari/1',
    'Mozilla/5.0 (X11; Linux jane@example.com) Konqueror/jane@example.com',
    'Mozilla/5.0 (Android secret; Mobile; rv:1) Gecko/1 Firefox/s3cr3t',
  ])('%s', (agent) => {
    const said = Object.values(read(agent)).join(' ');
    expect(said).not.toMatch(/jane|secret|s3cr3t|51\.100|\d{5}/);
  });

  it('says only what is in the lists, and numbers of four digits', () => {
    const names = (list: object): string => [...Object.keys(list), 'Other', 'Unknown'].join('|');
    const browser = new RegExp(`^(?:${names({ ...BROWSERS, ...MARKS })})(?: \\d{1,4})?$`, 'u');
    const os = new RegExp(`^(?:${names(SYSTEMS)})(?: \\d{1,4}| 8\\.1| XP| Vista| 10 or later)?$`);
    const devices = [...Object.values(DEVICES), 'Desktop', 'Unknown'];
    const word = fc.oneof(
      fc.constantFrom(...Object.values({ ...BROWSERS, ...SYSTEMS }).flatMap((said) => said.split(', '))),
      fc.constantFrom(...Object.values(MARKS).flatMap((marks) => marks.split(', '))),
      fc.constantFrom(
        '(',
        ')',
        ';',
        ' ',
        '/',
        'Version/',
        'Mobile',
        'Safari/',
        'Windows NT ',
        'Android ',
        'like Mac OS X',
        'rv:',
      ),
      fc.string(),
      fc.emailAddress(),
      fc.ipV4(),
      fc.nat().map(String),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const said = read(`Mozilla/5.0 ${words.join('')}`);
        expect(said.browser_version).toMatch(browser);
        expect(said.os_version).toMatch(os);
        expect(devices).toContain(said.device);
      }),
      { numRuns: 500 },
    );
  });
});

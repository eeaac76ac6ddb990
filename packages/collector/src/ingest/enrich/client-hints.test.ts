import { expect, it, test } from 'vitest';
import { createRecognise } from './browser.ts';
import { BLINK, linux, phone, view, windows } from './testing.ts';

const recognise = createRecognise();

const GREASE = '"Not/A)Brand";v="8"';
const CHROMIUM = `${GREASE}, "Chromium";v="144"`;
const CHROME = `"Google Chrome";v="144", ${CHROMIUM}`;
const VIEW = `"Android WebView";v="144", ${CHROMIUM}`;

test.each([
  ['Brave', windows(''), `"Brave";v="144", ${CHROMIUM}`, '?0', '"Windows"', 'Brave 144, Windows 10 or later, Desktop'],
  [
    'Edge',
    windows(''),
    `${CHROMIUM}, "Microsoft Edge";v="143"`,
    '?0',
    '"Windows"',
    'Microsoft Edge 143, Windows 10 or later, Desktop',
  ],
  ['Opera', windows(''), `"Opera";v="126", ${CHROMIUM}`, '?0', '"Windows"', 'Opera 126, Windows 10 or later, Desktop'],
  [
    'Yandex',
    linux(''),
    `${CHROMIUM}, "YaBrowser";v="25.8", "Yowser";v="2.5"`,
    '?0',
    '"Linux"',
    'Yandex Browser 25, GNU/Linux, Desktop',
  ],
  [
    'DuckDuckGo',
    phone('K'),
    `"DuckDuckGo";v="144", ${CHROMIUM}`,
    '?1',
    '"Android"',
    'DuckDuckGo 144, Android 13, Mobile',
  ],
  [
    'Avast',
    linux(''),
    `${CHROMIUM}, "Avast Secure Browser";v="144"`,
    '?0',
    '"Linux"',
    'Avast Secure Browser 144, GNU/Linux, Desktop',
  ],
  [
    'full versions',
    linux(''),
    '"Brave";v="144.0.7559.60", "Chromium";v="144.0.7559.60"',
    '?0',
    '"Linux"',
    'Brave 144, GNU/Linux, Desktop',
  ],
  ['Chrome', linux(''), CHROME, '?0', '"Linux"', 'Chrome 137, GNU/Linux, Desktop'],
  ['no brand but the engine', linux(''), CHROMIUM, '?0', '"Linux"', 'Chrome 137, GNU/Linux, Desktop'],
  [
    'a web view that says it is Chrome',
    phone('SM-A546B'),
    VIEW,
    '?1',
    '"Android"',
    'Chrome WebView 144, Android 13, Mobile',
  ],
  [
    'an app that the agent names',
    view('[Pinterest/Android]'),
    VIEW,
    '?1',
    '"Android"',
    'Pinterest, Android 14, Mobile',
  ],
  ['a browser that the agent names', linux('OPR/121.0.0.0'), CHROME, '?0', '"Linux"', 'Opera 121, GNU/Linux, Desktop'],
  ['a tablet that asks for the pages of desktops', linux(''), CHROME, '?0', '"Android"', 'Chrome 137, Android, Tablet'],
  ['a phone that asks for the pages of desktops', linux(''), CHROME, '?1', '"Android"', 'Chrome 137, Android, Mobile'],
  ['Chrome OS', linux(''), CHROME, '?0', '"Chrome OS"', 'Chrome 137, Chrome OS, Desktop'],
  ['Chrome OS by its other name', phone('Acme Pad'), CHROME, '?0', '"Chromium OS"', 'Chrome 138, Chrome OS, Desktop'],
  [
    'a phone that is taken for a tablet',
    phone('K', 'Safari/537.36'),
    CHROME,
    '?1',
    '"Android"',
    'Chrome 138, Android 13, Mobile',
  ],
  ['a platform that nobody knows', linux(''), CHROME, '?0', '"jane@example.org"', 'Chrome 137, GNU/Linux, Desktop'],
  [
    'brands that nobody knows',
    linux(''),
    '"jane@example.org";v="4711081500"',
    '?0',
    '"Linux"',
    'Chrome 137, GNU/Linux, Desktop',
  ],
  ['a version that is too long', linux(''), '"Brave";v="4711081500"', '?0', '"Linux"', 'Brave, GNU/Linux, Desktop'],
  [
    'a list that is too long',
    linux(''),
    `${`${GREASE}, `.repeat(20)}"Brave";v="144"`,
    '?0',
    '"Linux"',
    'Chrome 137, GNU/Linux, Desktop',
  ],
  ['what is no list', linux(''), '"""";v=";;"Brave;v=1"', 'yes', '(', 'Chrome 137, GNU/Linux, Desktop'],
])('%s', (_, agent, brands, mobile, platform, expected) => {
  const { browser_version, os_version, device } = recognise(agent, { brands, mobile, platform });
  expect(`${browser_version}, ${os_version}, ${device}`).toBe(expected);
});

it('knows a robot by its brand', () => {
  const agent = `Mozilla/5.0 (X11; Linux x86_64) ${BLINK} Chrome/144.0.0.0 Safari/537.36`;
  const brands = '"HeadlessChrome";v="144", "Chromium";v="144"';
  expect(recognise(agent, { brands, mobile: '?0', platform: '"Linux"' })).toMatchObject({
    bot: true,
    browser: 'Unknown',
  });
});

it('makes no person of a robot', () => {
  expect(recognise('curl/8.5.0', { brands: CHROME, mobile: '?0', platform: '"Linux"' }).bot).toBe(true);
});

import { expect, test } from 'vitest';
import { BLINK, iosView, linux, phone, read, view, WEBKIT, windows } from './testing.ts';

const ios = (cpu: string, version: string): string =>
  `Mozilla/5.0 (${cpu} like Mac OS X) ${WEBKIT} Version/${version} Mobile/15E148 Safari/604.1`;
const mac = (system: string, rest = `${BLINK} Chrome/153.0.0.0 Safari/537.36`): string =>
  `Mozilla/5.0 (Macintosh; Intel Mac OS X ${system}) ${rest}`;

test.each([
  ['iOS 26', ios('iPhone; CPU iPhone OS 18_7', '26.4')],
  ['iOS 26', ios('iPhone; CPU iPhone OS 18_6', '26.0.1')],
  ['iOS 27', ios('iPhone; CPU iPhone OS 18_7', '27.0')],
  ['iOS 26', ios('iPad; CPU OS 18_6', '26.1')],
  ['iOS 26', `${ios('iPhone; CPU iPhone OS 18_7', '26.5')} Brave`],
  ['iOS 26', `${ios('iPhone; CPU iPhone OS 18_6', '26.6')} Ddg/26.6`],
  ['iOS 18', ios('iPhone; CPU iPhone OS 18_5', '18.5')],
  ['iOS 17', ios('iPhone; CPU iPhone OS 17_5', '17.5')],
  ['iOS 26', iosView('').replace('17_6', '26_1')],
  // Views in apps are frozen too, and apps say it themselves.
  ['iOS 26', iosView('[FBAN/FBIOS;FBAV/540.0;FBDV/iPhone16,2;FBSN/iOS;FBSV/26.1;FBSS/3]').replace('17_6', '18_7')],
  ['iOS 17', iosView('[FBAN/FBIOS;FBAV/540.0;FBDV/iPhone16,2;FBSN/iOS;FBSV/17.6;FBSS/3]')],
  ['iOS 26', iosView('Instagram 405.0.0.28.76 (iPhone17,1; iOS 26_1; de_DE; de; 1)').replace('17_6', '18_7')],
  ['iOS 26', iosView('Barcelona 405.0.0.30.76 (iPad13,1; iPadOS 26_0_1; en_US; en; 1)').replace('17_6', '18_6')],
  ['iOS 26', iosView('Reddit/Version 2025.45.0/Build 62/iOS Version 26.1 (Build 23B85)').replace('17_6', '18_7')],
  ['tvOS', `Mozilla/5.0 (AppleTV; CPU OS 18_5 like Mac OS X) ${WEBKIT}`],
  ['tvOS', 'Mozilla/5.0 (Apple TV; U; CPU AppleTV5,3 OS 26.0 like Mac OS X; en_us)'],
  ['HarmonyOS', phone('HarmonyOS; ACM-AN00; HMSCore 6.13.0', 'HuaweiBrowser/14.0.5 Mobile Safari/537.36')],
  [
    'HarmonyOS 5',
    `Mozilla/5.0 (Phone; OpenHarmony 5.1) ${BLINK} Chrome/132.0.0.0 Safari/537.36 ArkWeb/6.0.0.41 Mobile`,
  ],
  ['macOS', mac('10_15_7')],
  ['macOS', mac('10_15_7', `${WEBKIT} Version/26.0 Safari/605.1.15`)],
  ['macOS', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ['macOS 10', mac('10_13_6')],
  ['macOS 12', mac('12_6_0')],
  ['Android', phone('K').replace('13', '10')],
  ['Android', phone('K', 'Safari/537.36').replace('13', '10')],
  ['Android', phone('K', 'Mobile Safari/537.36 AlohaBrowser/5.12.2').replace('13', '10')],
  ['Android 10', phone('Mi A3').replace('13', '10')],
  ['Android 14', view('')],
  ['Windows 10 or later', windows('')],
  ['Windows 10 or later', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ['Windows 7', windows('').replace('NT 10.0', 'NT 6.1')],
  ['Windows 8.1', windows('').replace('NT 10.0', 'NT 6.3')],
  ['iOS', mac('10_15_7', `${WEBKIT} CriOS/141.0.0.0 Version/16.6 Safari/605.1.15`)],
  ['Android', linux('').replace('Chrome/', 'SamsungBrowser/29.0 Chrome/')],
  ['Chrome OS', phone('Acme Chromebook 14')],
  ['GNU/Linux', linux('')],
])('%s: %s', (expected, agent) => {
  expect(read(agent).os_version).toBe(expected);
});

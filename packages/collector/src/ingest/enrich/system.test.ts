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

import { expect, test } from 'vitest';
import { BLINK, iosView, linux, phone, read, view, WEBKIT, windows } from './testing.ts';

const desktop = (rest: string): string => `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} ${rest}`;
const tv = (device: string, rest = 'Mobile Safari/537.36'): string =>
  `Mozilla/5.0 (Linux; Android 11; ${device} Build/RTT2.220929.001; wv) ${BLINK} Version/4.0 Chrome/134.0.6998.39 ${rest}`;

test.each([
  ['Tablet', desktop('CriOS/141.0.0.0 Version/16.6 Safari/605.1.15')],
  ['Tablet', desktop('EdgiOS/130 Version/13.0.3 Safari/605.1.15')],
  ['Tablet', desktop('FxiOS/140.0 Safari/605.1.15')],
  ['Tablet', desktop('Mobile/15E148 [FBAN/FBIOS;FBAV/500.0;FBDV/iPad13,16;FBMD/iPad]')],
  ['Tablet', linux('').replace('Chrome/', 'SamsungBrowser/29.0 Chrome/')],
  ['Tablet', linux('').replace('Chrome/', 'Silk/130.1.2 like Chrome/')],
  ['Tablet', phone('K', 'Safari/537.36')],
  ['TV', tv('Acme TV 4')],
  ['TV', tv('ACME UHD TV')],
  ['TV', tv('acme tv stick', 'YaBrowser/25.1.0.1 (lite) TV Safari/537.36')],
  ['TV', tv('Box S 4K', 'YaBrowser/25.1.0.1 (lite) TV Safari/537.36')],
  ['TV', tv('32AB', 'YaBrowser/25.1.0.1 (lite) Safari/537.36 TV')],
  ['TV', tv('MiTV-ABCD0', 'Safari/537.36')],
  ['TV', tv('Acme Streaming Box 9')],
  ['Console', phone('Odin3')],
  ['TV', tv('BRAVIA 4K VH2', 'Safari/537.36')],
  ['TV', linux('HbbTV/1.6.1 (+DRM; ACME; X1; 1.0; ; ;)')],
  ['TV', linux('Odin/112.5563.1 Model/VIDAA-X VIDAA/9.1(ACME;SmartTV;)')],
  ['TV', `Mozilla/5.0 (Web0S; Linux/SmartTV) ${BLINK} Chrome/108.0.5359.211 Safari/537.36 WebAppManager`],
  ['Mobile', view('AcmeTV/5.1')],
  ['Mobile', iosView('Acme TV/2.2')],
  ['Console', phone('Retroid Pocket 6')],
  ['Console', phone('Razer Edge')],
  ['Console', phone('RG405M')],
  [
    'Console',
    `Mozilla/5.0 (X11; Linux x86_64; Valve Steam Gamepad/Steam Deck [Steam Deck Beta]/default/0) ${BLINK} Chrome/126.0.6478.183 Safari/537.36`,
  ],
  ['Wearable', phone('B1234', 'Safari/537.36 Mobile VR Wolvic/1.7')],
  [
    'Wearable',
    `Mozilla/5.0 (X11; Linux x86_64; Quest 3) ${BLINK} OculusBrowser/36.0 Chrome/130.0.0.0 VR Safari/537.36`,
  ],
  ['Wearable', linux('').replace('Safari/', 'VR Safari/')],
  ['Embedded', `Mozilla/5.0 (Linux; Android 9; AEOKN) ${BLINK} Silk/131.2.1 like Chrome/131.0.0.0 Safari/537.36`],
  [
    'Embedded',
    `Mozilla/5.0 (X11; GNU/Linux) ${BLINK} Chromium/109.0.5414.119 Chrome/109.0.5414.119 Safari/537.36 Tesla/2024.38`,
  ],
  ['Embedded', `BrightSign/9.1.22 (XT245) ${linux('')}`],
  ['Desktop', phone('Acme Chromebook 14')],
  ['Desktop', view('', 'Acme Chromebook Spin')],
  ['Desktop', windows('')],
  ['Desktop', 'Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0; Lenovo G500; HP Pavilion)'],
  ['Desktop', `Mozilla/5.0 (PC; OpenHarmony 5.0) ${BLINK} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1`],
  ['Desktop', `Mozilla/5.0 (2in1; OpenHarmony 5.1) ${BLINK} Chrome/132.0.0.0 Safari/537.36 ArkWeb/6.0.0.41`],
  ['Mobile', `Mozilla/5.0 (Phone; OpenHarmony 5.0) ${BLINK} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile`],
  ['TV', `Mozilla/5.0 (AppleTV; CPU OS 18_5 like Mac OS X) ${WEBKIT}`],
  ['Desktop', linux('')],
  ['Mobile', phone('K')],
])('%s: %s', (expected, agent) => {
  expect(read(agent).device).toBe(expected);
});

import type UAParser from 'ua-parser-js';
import { namesIn, SYSTEMS, WINDOWS_10, withMajor } from './names.ts';

/** A name of {@link SYSTEMS}, and the name with the major version, as far as the agent says it. */
export interface System {
  readonly os: string;
  readonly os_version: string;
}

/**
 * The system of an agent. Browsers have frozen what they say of it, and a frozen number is none: every macOS since 10.15
 * is 10.15.7 to them, Chrome's Android is 10 on a device called K, Windows 11 is 10, and Safari's iOS stayed at 18 when
 * its own version went on as 26. HarmonyOS below 5 gives only the number of the Android that it stands in for.
 */
export const systemOf = (agent: string, browser: string, parser: UAParser): System => {
  const { name, version } = parser.getOS();
  const os = systemName(SYSTEM_BY_NAME(name), agent, browser);
  switch (os) {
    case 'iOS':
      return { os, os_version: withMajor(os, iosVersion(agent, name === 'iOS' ? version : undefined)) };
    case 'macOS':
      return { os, os_version: withMajor(os, FROZEN_MACOS.test(version ?? '') ? undefined : version) };
    case 'Android':
      return { os, os_version: withMajor(os, FROZEN_ANDROID.test(agent) ? undefined : version) };
    case 'HarmonyOS':
      return { os, os_version: withMajor(os, AS_ANDROID.test(agent) ? undefined : version) };
    case 'Windows':
      return { os, os_version: WINDOWS_VERSIONS[version ?? ''] ?? os };
    default:
      return { os, os_version: MAJORS_SAID.has(os) ? withMajor(os, version) : os };
  }
};

const SYSTEM_BY_NAME = namesIn(SYSTEMS);

/** Systems that say they are another: those who ask for the pages of desktops, and Android's within Chrome OS. */
const systemName = (said: string, agent: string, browser: string): string => {
  if (APPLE_TV.test(agent)) return 'tvOS';
  if (said === 'macOS' && IPAD_AS_MAC.test(agent)) return 'iOS';
  if (said === 'GNU/Linux' && ANDROID_ONLY.has(browser) && X11.test(agent)) return 'Android';
  if (said === 'Android' && CHROMEBOOK.test(agent)) return 'Chrome OS';
  return said;
};

/** Where a device has its name: an app may say of itself that it plays on one. */
const APPLE_TV = /^[^(]{0,40}\((?:AppleTV|Apple TV);/;
/** Browsers that are on no Mac. */
const IPAD_AS_MAC = /\b(?:Cr|Fx|Edg|OP)iOS\/|\biPad\d|\bEcosia ios@| (?:OPT|OPX|GSA)\/|Safari\/[\d.]+ Brave\b/;
/** Browsers that are on no desktop with Linux. */
const ANDROID_ONLY: ReadonlySet<string> = new Set([
  ...[
    'Samsung Browser',
    'Mi Browser',
    'Vivo Browser',
    'HeyTap Browser',
    'Honor Browser',
    'Huawei Browser',
    'UC Browser',
  ],
  ...['Silk', 'Quark', 'DuckDuckGo', 'Opera Mini', 'Hi Browser', 'Phoenix Browser', 'Ecosia'],
]);
const X11 = /\(X11;/;
const CHROMEBOOK = /\bChrome(?:book|box|base)\b|\bCrosArc\//;

/** Safari has said the system's version as its own since 26, and nothing else of it. */
const IOS_BY_SAFARI = /\bVersion\/(2[6-9]|[3-9]\d)\./;
/** Apps of whose views the rest is frozen too say it themselves: `FBSV/26.1`, `iOS 26_1`, `iOS Version 26.1`. */
const IOS_BY_APP = /\bFBSV\/(\d{1,2})\.|[ (;/]i(?:Pad)?OS[ /](?:Version )?(\d{1,2})[._]\d/;
const iosVersion = (agent: string, said: string | undefined): string | undefined => {
  const [, facebook, other] = IOS_BY_APP.exec(agent) ?? [];
  return IOS_BY_SAFARI.exec(agent)?.[1] ?? facebook ?? other ?? said;
};

const FROZEN_MACOS = /^10[._]1(?:5(?:[._]7)?|6)$/;
const FROZEN_ANDROID = /\bAndroid 10; K\b/;
const AS_ANDROID = /\bAndroid \d/;

/** As the parser calls them: 10 is all since, as no browser says more. */
const WINDOWS_VERSIONS: Readonly<Record<string, string>> = {
  ...{ XP: 'Windows XP', Vista: 'Windows Vista', 7: 'Windows 7', 8: 'Windows 8', 8.1: 'Windows 8.1' },
  10: WINDOWS_10,
};

/** Other systems whose version means the same on all their devices. */
const MAJORS_SAID: ReadonlySet<string> = new Set(['KaiOS', 'Tizen', 'watchOS']);

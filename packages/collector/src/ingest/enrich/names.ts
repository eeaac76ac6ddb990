/**
 * Names that are stored, and after each the names of ua-parser-js that it stands for (https://docs.uaparser.dev).
 * The lists, this and `marks.ts`, are closed: what an agent calls itself is never stored, only found in here.
 */
export const BROWSERS = {
  Chrome: 'Chrome',
  Safari: 'Safari, Mobile Safari',
  'Microsoft Edge': 'Edge',
  Firefox: 'Firefox, Firefox Reality, Fennec, Iceweasel, Mozilla',
  'Samsung Browser': 'Samsung Internet',
  Opera: 'Opera, Opera Mobi, Opera Mobile, Opera Tablet, Opera Touch, Opera Coast',
  'Opera Mini': 'Opera Mini',
  'Opera GX': 'Opera GX',
  'Chrome WebView': 'Chrome WebView',
  'Safari WebView': 'WebKit',
  Chromium: 'Chromium',
  'Android Browser': 'Android Browser',
  'Internet Explorer': 'IE, IEMobile',
  Brave: 'Brave',
  DuckDuckGo: 'DuckDuckGo',
  Vivaldi: 'Vivaldi',
  'Firefox Focus': 'Firefox Focus, Klar',
  LibreWolf: 'LibreWolf',
  Waterfox: 'Waterfox',
  'Pale Moon': 'PaleMoon',
  SeaMonkey: 'SeaMonkey',
  Epiphany: 'Epiphany',
  Falkon: 'Falkon',
  Konqueror: 'Konqueror',
  Ladybird: 'Ladybird',
  'Yandex Browser': 'Yandex',
  'UC Browser': 'UCBrowser',
  'QQ Browser': 'QQBrowser, QQBrowserLite',
  'Mi Browser': 'MIUI Browser',
  'Huawei Browser': 'Huawei Browser',
  'Vivo Browser': 'Vivo Browser',
  'HeyTap Browser': 'HeyTap',
  'Meta Quest Browser': 'Oculus Browser',
  '360 Browser': '360',
  'Sogou Explorer': 'Sogou Explorer, Sogou Mobile',
  Quark: 'Quark',
  Baidu: 'Baidu',
  Whale: 'Whale',
  'Cốc Cốc': 'Coc Coc',
  Puffin: 'Puffin',
  Maxthon: 'Maxthon',
  Silk: 'Silk',
  Kindle: 'Kindle',
  'Avast Secure Browser': 'Avast Secure Browser',
  'AVG Secure Browser': 'AVG Secure Browser',
  Sleipnir: 'Sleipnir',
  Lunascape: 'Lunascape',
  Iron: 'Iron',
  Iridium: 'Iridium',
  Slimjet: 'Slimjet',
  'Comodo Dragon': 'Comodo_Dragon, Dragon, IceDragon',
  Basilisk: 'Basilisk',
  'K-Meleon': 'K-Meleon',
  Midori: 'Midori',
  QupZilla: 'QupZilla',
  'Lenovo Browser': 'Smart Lenovo Browser',
  'Pico Browser': 'Pico Browser',
  Wolvic: 'Wolvic',
  'Nokia Browser': 'NokiaBrowser, Nokia Browser',
  'Tizen Browser': 'TizenBrowser, Tizen Browser',
  NetFront: 'NetFront',
  Cobalt: 'Cobalt',
  Tesla: 'Tesla',
  Electron: 'Electron',
  'Google app': 'GSA',
  Facebook: 'Facebook',
  Instagram: 'Instagram',
  TikTok: 'TikTok',
  Snapchat: 'Snapchat',
  LinkedIn: 'LinkedIn',
  X: 'Twitter',
  WeChat: 'WeChat',
  Weibo: 'Weibo',
  Alipay: 'Alipay',
  LINE: 'Line',
  KakaoTalk: 'KakaoTalk, KakaoStory',
  Naver: 'Naver',
  Daum: 'Daum',
  Klarna: 'Klarna',
} as const;

/** The same for operating systems. */
export const SYSTEMS = {
  Windows: 'Windows',
  macOS: 'Mac OS',
  iOS: 'iOS',
  Android: 'Android, Android-x86',
  'GNU/Linux':
    'Linux, GNU, Ubuntu, Kubuntu, Xubuntu, Lubuntu, Debian, Fedora, SUSE, openSUSE, Gentoo, Arch, Slackware, Mandriva, Mageia, CentOS, Red Hat, RedHat, Raspbian, Deepin, Manjaro, Mint, elementary OS',
  'Chrome OS': 'Chromium OS',
  HarmonyOS: 'HarmonyOS, OpenHarmony',
  KaiOS: 'KaiOS, Firefox OS',
  Tizen: 'Tizen',
  webOS: 'webOS',
  Chromecast: 'Chromecast',
  PlayStation: 'PlayStation',
  Nintendo: 'Nintendo',
  Xbox: 'Xbox',
  watchOS: 'watchOS',
  tvOS: 'tvOS',
  BSD: 'FreeBSD, OpenBSD, NetBSD, GhostBSD, DragonFly',
  'Windows Phone': 'Windows Phone, Windows Phone OS, Windows Mobile',
  BlackBerry: 'BlackBerry',
  'Sailfish OS': 'Sailfish',
  'Ubuntu Touch': 'Ubuntu Touch',
  Solaris: 'Solaris',
  Haiku: 'Haiku',
  Fuchsia: 'Fuchsia',
} as const;

/** Kinds of devices, by the types of ua-parser-js. */
export const DEVICES: Readonly<Record<string, string>> = {
  mobile: 'Mobile',
  tablet: 'Tablet',
  smarttv: 'TV',
  console: 'Console',
  wearable: 'Wearable',
  embedded: 'Embedded',
};

/** Systems whose agents name no kind of device. */
export const DESKTOP_SYSTEMS: ReadonlySet<string> = new Set([
  'Windows',
  'macOS',
  'GNU/Linux',
  'Chrome OS',
  'BSD',
  'Solaris',
  'Haiku',
]);

/** Stands for a name that is in none of the lists. */
export const OTHER = 'Other';
/** Stands for what the agent does not say. */
export const UNKNOWN = 'Unknown';

/** What Windows says since its tenth version. */
export const WINDOWS_10 = 'Windows 10 or later';

/** Makes the function that finds the stored name for one of the parser's. */
export const namesIn = (names: Readonly<Record<string, string>>): ((said: string | undefined) => string) => {
  const byName = new Map(
    Object.entries(names).flatMap(([name, said]) => said.split(', ').map((one) => [one.toLowerCase(), name])),
  );
  return (said) => (said === undefined ? UNKNOWN : (byName.get(said.toLowerCase()) ?? OTHER));
};

const MAJOR = /^\d{1,4}(?=\.|$)/;

/** A name with the major version, if there is one; what is not known has none. */
export const withMajor = (name: string, version: string | undefined): string => {
  const major = name === OTHER || name === UNKNOWN ? undefined : MAJOR.exec(version ?? '')?.[0];
  return major === undefined ? name : `${name} ${major}`;
};

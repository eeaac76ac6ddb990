import { list } from 'isbot';
import { describe, expect, test } from 'vitest';
import { isBot, LONGEST_AGENT } from './bot.ts';
import { COMMON_PATTERNS } from './bot-names.ts';
import { BLINK, IPHONE, iosView, linux, phone, safari, view, WEBKIT, windows } from './testing.ts';

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

describe('people are not left out', () => {
  test.each([
    ['Alipay', view('Nebula AlipayDefined(nt:4G,ws:411|0|2.6) AliApp(AP/10.5.2.8000) AlipayClient/10.5.2.8000')],
    [
      'Alipay on an iPhone',
      iosView('ChannelId(4) AlipayDefined(nt:WIFI,ws:390|780|3.0) AliApp(AP/10.6) AlipayClient/10.6'),
    ],
    ['a shop that names its channel', view('AliApp(TB/10.2.0) TTID/231200@taobao_android_10.2.0 WindVane/8.5')],
    ['an app of news', view('CityNews/4.1.0 BuildCode/88')],
    ['an app of news on an iPhone', iosView('MorningNews/8.2')],
    ['an app of news that adds itself to Safari', safari('EveningNews/3.0')],
    [
      'an app of news without brackets',
      'ACME P9/Linux/3.4 Android/4.4 Browser/AppleWebKit537.36 Mobile Safari/537.36 CityNews/2.0',
    ],
    ['WeChat with its process', view('XWEB/3185 MMWEBSDK/20210601 MicroMessenger/8.0.11 Process/tools WeChat/arm64')],
    ['Sogou', view('SogouMSE,SogouMobileBrowser/6.1.0')],
    ['a feed reader', view('DailyFeed/2.2')],
    ['a feed reader on a Mac', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} NetNewsWire/6.1.9`],
    ['a web view with a path', view('/App/shop/1.0.3/7/Google/ZTE/keys:user/release-keys')],
    ['a web view with a domain', view('shop.example.com')],
    ['a web view that ends with brackets', view('AcmeShop()')],
    ['Google Lens', `${IPHONE} GoogleLens/311.0 Mobile/21G80 Safari/604.1 [WebViewInline]`],
    ['an app with its name in front', `Flat Search/7.2.0 ${view('')}`],
    ['an app with one word in front', `Search/3.0 ${view('')}`],
    [
      'a screen in a shop',
      `BrightSign/9.1.22 (XT245) Mozilla/5.0 (X11; Linux aarch64) ${BLINK} QtWebEngine/5.15.9 Chrome/87.0.4280.144 Safari/537.36`,
    ],
    ['an agent whose beginning is lost', `${BLINK} Version/4.0 Chrome/126.0.0.0 Mobile DuckDuckGo/5 Safari/537.36`],
    [
      'an agent whose beginning is half lost',
      `Android 12) ${BLINK} Version/4.0 Chrome/126.0.0.0 Mobile DuckDuckGo/5 Safari/537.36`,
    ],
    ['a phone called Discovery', phone('Discovery 7 Max')],
    ['a phone called Radar', phone('Radar X2')],
    ['a phone called Spider', phone('Spider 10 Pro')],
    ['a phone called bot', phone('K bot 55')],
    ['a phone with an underscore', phone('Newsday_Z3')],
    ['a phone called Scan', phone('ScanPal EDA52')],
    ['a phone with a sign in its name', phone('AB|CD Blaze')],
    ['a tablet called bot', phone('K bot Tab 8', 'Safari/537.36')],
    [
      'a phone whose name comes twice',
      view('Instagram 390.0.0.1 Android (34/14; 420dpi; 1080x2205; K bot 55; en_GB; 1)', 'K bot 55'),
    ],
    [
      'Google TV',
      `Mozilla/5.0 (Linux; Android 12; ACME Google TV Build/STTL.230808.004) ${BLINK} Chrome/119.0.0.0 Safari/537.36`,
    ],
    [
      'an old Google TV',
      `Mozilla/5.0 (X11; Linux i686) ${BLINK} Chrome/11.0.696.77 Large Screen Safari/534.24 GoogleTV/101010`,
    ],
    [
      'Opera TV',
      `Mozilla/5.0 (Linux armv7l) ${BLINK} Chrome/84.0.4147.140 Safari/537.36 OPR/46.0.2207.0 OMI/4.21.1.20.Catcher4.71 Model/ACME VIDAA/5.1(ACME;SmartTV;X1;)`,
    ],
    ['HbbTV', `${BLINK} Chrome/79.0.3945.88 Safari/537.36 HbbTV/1.5.1 (+DRM; ACME_GoogleTV_2022; X;1.0;1.0;) FVC/5.0`],
    [
      'HbbTV of before',
      'Opera/9.80 (Linux mips; HbbTV/1.2.1 (; Acme/1.0; box; 1.0.0; 1.0.0; wired); ce-html/1.0) Presto/2.12.407 Version/12.50',
    ],
    ['Opera Mini', 'Opera/9.80 (Android; Opera Mini/82.0/191.273; U; en) Presto/2.12.423 Version/12.16'],
    ['UC Mini', 'UCWEB/2.0 (MIDP-2.0; U; Adr 9; en-US; ACME_X1) U2/1.0.0 UCBrowser/11.4.8 U2/1.0.0 Mobile'],
  ])('%s: %s', (_, agent) => {
    expect(isBot(agent)).toBe(false);
  });
});

describe('robots and tools are left out', () => {
  test.each([
    ['a tester of load', linux('Grafana-k6')],
    ['a library by which a model drives a browser', linux('browser-use/0.7')],
    ['a service of such browsers', linux('AgentCore/1.0')],
    ['an assistant that writes programs', linux('Devin/1.0 (+devin.ai)')],
    [
      'a build of Chrome that there never was',
      `Mozilla/5.0 (Linux; Android 6.0; Nexus 5 Build/MRA58N) ${BLINK} Chrome/62.0.4410.1733 Mobile Safari/537.36`,
    ],
    [
      'another',
      `Mozilla/5.0 (Linux; Android 8.0; Pixel 2 Build/OPD3.170816.012) ${BLINK} Chrome/41.0.8104.1290 Mobile Safari/537.36`,
    ],
    ['another on a desktop', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${BLINK} Chrome/74.0.6021.1881 Safari/537.36`],
    [
      'Chrome on an iPhone',
      `Mozilla/5.0 (iPhone; CPU iPhone OS 13_2 like Mac OS X) ${BLINK} Chrome/79.0.3945.130 Mobile Safari/537.36`,
    ],
    ['Chrome on an iPad', `Mozilla/5.0 (iPad; CPU OS 12_4 like Mac OS X) ${BLINK} Chrome/111.0.0.0 Safari/537.36`],
    ['a watcher', linux('NewRelicPinger/1.0 (7654321)')],
    ['another watcher', linux('Checkly/1.0')],
    ['a measurer', linux('GTmetrix')],
    ['a measurer in the middle', `Mozilla/5.0 (X11; Linux x86_64) ${BLINK} YLT Chrome/137.0.0.0 Safari/537.36`],
    ['a tester of pictures', linux('Percy/1.4')],
    ['a maker of pictures', linux('ScreenshotMachine/2.0')],
    ['a maker of pictures on a phone', phone('K', 'Mobile Safari/537.36 Webshot/1.0')],
    [
      'an assistant',
      `Mozilla/5.0 ${BLINK.replace(')', '; compatible; Acme-User/1.0)')} Chrome/137.0.0.0 Safari/537.36`,
    ],
    ['another assistant', windows('Acme-User/0.2')],
    ['a DOM without a browser', 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) HappyDOM/15.1.0'],
    ['another DOM', 'Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/24.0.0'],
    ['a shell', 'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.20348.1'],
    ['a guard of links', `Mozilla/5.0 (Windows NT 10.0; Win64; x64; Microsoft SafeLinks) Chrome/110`],
    ['a search for holes', windows('acunetix')],
    [
      'a proxy that looks for holes',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0 ZAP',
    ],
    ['what calls itself compatible', 'Mozilla/5.0 (compatible; Acme! Slurp)'],
    ['a robot on a phone', `${phone('Nexus 5X Build/MMB29P')} (compatible; Acmebot/2.1; +http://bot.example/)`],
    ['a robot with a common word, on a phone', `${phone('Nexus 5X')} (compatible; Acme-News; +https://news.example/)`],
    ['a robot in the name of a device', phone('Pixel 2 Build/OPD3.170816.012; Acmebot-Shop/1.0')],
    ['a robot behind the engine', phone('K', 'Mobile Safari/537.36 Acmebot/1.0')],
    ['Lighthouse on a phone', phone('moto g power (2022)', 'Mobile Safari/537.36 Chrome-Lighthouse')],
    ['headless', linux('').replace('Chrome/', 'HeadlessChrome/')],
    ['a robot with its name in front', `Acmebot/1.0 ${linux('')}`],
    ['a spider with common words', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Acme News'],
    ['an app that is no browser', 'Dalvik/2.1.0 (Linux; U; Android 13; SM-A546B Build/TP1A.220624.014)'],
    ['a podcast app', 'AcmeCasts/3.1 CFNetwork/1494.0.7 Darwin/23.4.0'],
    ['a library', 'okhttp/4.12.0'],
    ['an agent that is too long', view('x'.repeat(LONGEST_AGENT))],
  ])('%s: %s', (_, agent) => {
    expect(isBot(agent)).toBe(true);
  });

  test('and each pattern that is mistrusted is one of isbot', () => {
    expect(COMMON_PATTERNS.filter((pattern) => !list.includes(pattern))).toEqual([]);
  });
});

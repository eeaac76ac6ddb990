import type { Facts } from './model.ts';

export type AgentFacts = Pick<
  Facts,
  'visit:browser' | 'visit:browser_version' | 'visit:os' | 'visit:os_version' | 'visit:device'
>;

const agent = (text: string, browser: string, version: string, os: string, osVersion: string, device: string) => ({
  text,
  facts: {
    'visit:browser': browser,
    'visit:browser_version': version,
    'visit:os': os,
    'visit:os_version': osVersion,
    'visit:device': device,
  } satisfies AgentFacts,
});

const BLINK = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64';

/** User agents, and what each is to be filed under. */
export const AGENTS = [
  agent(
    `${WINDOWS}; rv:128.0) Gecko/20100101 Firefox/128.0`,
    'Firefox',
    'Firefox 128',
    'Windows',
    'Windows 10 or later',
    'Desktop',
  ),
  agent(
    `${WINDOWS}; rv:140.0) Gecko/20100101 Firefox/140.0`,
    'Firefox',
    'Firefox 140',
    'Windows',
    'Windows 10 or later',
    'Desktop',
  ),
  agent(
    `${WINDOWS}) ${BLINK} Chrome/131.0.0.0 Safari/537.36`,
    'Chrome',
    'Chrome 131',
    'Windows',
    'Windows 10 or later',
    'Desktop',
  ),
  agent(
    `${WINDOWS}) ${BLINK} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`,
    'Microsoft Edge',
    'Microsoft Edge 131',
    'Windows',
    'Windows 10 or later',
    'Desktop',
  ),
  agent(`${MAC} ${WEBKIT} Version/17.4 Safari/605.1.15`, 'Safari', 'Safari 17', 'macOS', 'macOS', 'Desktop'),
  agent(`${MAC} ${BLINK} Chrome/131.0.0.0 Safari/537.36`, 'Chrome', 'Chrome 131', 'macOS', 'macOS', 'Desktop'),
  agent(
    `${LINUX}; rv:128.0) Gecko/20100101 Firefox/128.0`,
    'Firefox',
    'Firefox 128',
    'GNU/Linux',
    'GNU/Linux',
    'Desktop',
  ),
  agent(
    `${LINUX}) ${BLINK} Chrome/143.0.0.0 Safari/537.36`,
    'Chrome',
    'Chrome 143',
    'GNU/Linux',
    'GNU/Linux',
    'Desktop',
  ),
  agent(
    `${IPHONE} ${WEBKIT} Version/17.5 Mobile/15E148 Safari/604.1`,
    'Safari',
    'Safari 17',
    'iOS',
    'iOS 17',
    'Mobile',
  ),
  agent(
    `Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) ${WEBKIT} Version/16.6 Mobile/15E148 Safari/604.1`,
    'Safari',
    'Safari 16',
    'iOS',
    'iOS 16',
    'Tablet',
  ),
  agent(
    `${ANDROID} ${BLINK} Chrome/131.0.0.0 Mobile Safari/537.36`,
    'Chrome',
    'Chrome 131',
    'Android',
    'Android',
    'Mobile',
  ),
  agent(
    `${ANDROID} ${BLINK} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
    'Samsung Browser',
    'Samsung Browser 25',
    'Android',
    'Android',
    'Mobile',
  ),
] as const;

/** A browser that calls itself Chrome, and says only by a client hint what it is. */
export const asBrave = (facts: AgentFacts): AgentFacts =>
  facts['visit:browser'] === 'Chrome'
    ? {
        ...facts,
        'visit:browser': 'Brave',
        'visit:browser_version': facts['visit:browser_version'].replace('Chrome', 'Brave'),
      }
    : facts;

/** The hint with which it says so. */
export const braveHint = (facts: AgentFacts): Readonly<Record<string, string>> => {
  const [, version] = facts['visit:browser_version'].split(' ');
  if (facts['visit:browser'] !== 'Chrome') return {};
  return { 'sec-ch-ua': `"Brave";v="${version}", "Chromium";v="${version}", "Not_A Brand";v="24"` };
};

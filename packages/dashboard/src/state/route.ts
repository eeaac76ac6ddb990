import type { PAGES } from '@passerby/collector/own-paths';

/** What an address of the dashboard shows. */
export type Route =
  | { readonly screen: 'sites' | 'login' | 'new-site' | 'account' | 'accounts' | 'system' | 'nowhere' }
  /** Opened by a link that works once. */
  | { readonly screen: 'setup' | 'invite' | 'reset' }
  | { readonly screen: 'moved'; readonly to: string }
  | { readonly screen: SiteScreen; readonly domain: string };

const FIXED: Readonly<Record<(typeof PAGES)[number], Route>> = {
  '/': { screen: 'sites' },
  '/login': { screen: 'login' },
  '/setup': { screen: 'setup' },
  '/invite': { screen: 'invite' },
  '/reset': { screen: 'reset' },
  '/new': { screen: 'new-site' },
  '/account': { screen: 'account' },
  '/accounts': { screen: 'accounts' },
  '/system': { screen: 'system' },
  '/settings': { screen: 'moved', to: '/account' },
};

const isFixed = (path: string): path is keyof typeof FIXED => Object.hasOwn(FIXED, path);

const OF_A_SITE = {
  '': 'statistics',
  live: 'live',
  logs: 'logs',
  install: 'install',
  settings: 'site-settings',
} as const;

/** Last part of the path of a site's screen. */
export type SitePart = keyof typeof OF_A_SITE;
type SiteScreen = (typeof OF_A_SITE)[SitePart];

const isPart = (part: string): part is SitePart => Object.hasOwn(OF_A_SITE, part);

const decoded = (part: string): string | null => {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
};

/** A domain in its own letters as sites have it: `xn--bcher-kva.example` of `bücher.example`. */
const asKept = (domain: string): string => {
  const address = `http://${domain}`;
  return /[^\0-\x7f]/.test(domain) && URL.canParse(address) ? new URL(address).hostname : domain;
};

/** Path of a site's screen. The domain has a folder of its own: a site may be called `login`, or `demo` as the demo pages. */
export const sitePath = (domain: string, screen: SitePart = ''): string =>
  `/sites/${encodeURIComponent(domain)}${screen && `/${screen}`}`;

/** Finds what the path of an address shows. @example parseRoute('/sites/example.com/logs') */
export const parseRoute = (path: string): Route => {
  if (isFixed(path)) return FIXED[path];
  const [, folder, site = '', part = '', ...rest] = path.split('/');
  const domain = folder === 'sites' ? decoded(site) : null;
  const screen = rest.length === 0 && isPart(part) ? OF_A_SITE[part] : undefined;
  return domain && screen ? { screen, domain: asKept(domain) } : { screen: 'nowhere' };
};

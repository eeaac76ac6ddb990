/** What an address of the dashboard shows. */
export type Route =
  | { readonly screen: 'sites' | 'login' | 'setup' | 'new-site' | 'settings' | 'nowhere' }
  | { readonly screen: 'statistics' | 'logs' | 'install'; readonly domain: string };

const FIXED: Record<string, Route> = {
  '/': { screen: 'sites' },
  '/login': { screen: 'login' },
  '/setup': { screen: 'setup' },
  '/new': { screen: 'new-site' },
  '/settings': { screen: 'settings' },
};

const OF_A_SITE: Record<string, 'statistics' | 'logs' | 'install'> = {
  '': 'statistics',
  logs: 'logs',
  install: 'install',
};

const decoded = (part: string): string | null => {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
};

/** Path of a site's screen. The domain has a folder of its own: a site may be called `login`, or `demo` as the demo pages. */
export const sitePath = (domain: string, screen: '' | 'logs' | 'install' = ''): string =>
  `/sites/${encodeURIComponent(domain)}${screen && `/${screen}`}`;

/** Finds what the path of an address shows. @example parseRoute('/sites/example.com/logs') */
export const parseRoute = (path: string): Route => {
  const fixed = FIXED[path];
  if (fixed) return fixed;
  const [, folder, site = '', part = '', ...rest] = path.split('/');
  const domain = folder === 'sites' ? decoded(site) : null;
  const screen = rest.length === 0 && Object.hasOwn(OF_A_SITE, part) ? OF_A_SITE[part] : undefined;
  return domain && screen ? { screen, domain } : { screen: 'nowhere' };
};

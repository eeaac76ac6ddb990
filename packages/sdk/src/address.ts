import { listed } from './lists.ts';
import { options } from './setup.ts';

/** The address as it was last. */
let last = '';

/**
 * Address of the page, without its hash. Of a site that routes by hash `#/` and `#!/` begin a route, which is a part of
 * it, as the collector knows too; another hash is an anchor on the page of the route before.
 */
export const address = (): string => {
  const [page = '', hash = ''] = location.href.split(/(?=#)/);
  last =
    page +
    (options.hash && hash
      ? /^#!?\//.test(hash)
        ? hash
        : last.startsWith(`${page}#`)
          ? last.slice(page.length)
          : ''
      : '');
  return last;
};

/** What makes a page: all of its address but its query, and of that the parameters that the site keeps. */
export const path = (): string => {
  const { pathname, hash, searchParams } = new URL(address());
  return pathname + hash + listed(options.query).map((name) => searchParams.get(name));
};

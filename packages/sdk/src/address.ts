import { listed } from './lists.ts';
import { options } from './setup.ts';

/** The address as it was last. */
let last = '';

/**
 * Address of the page, without its hash. Of a site that routes by hash `#/` and `#!/` begin a route, which is a part of
 * it, as the collector knows too; another hash is an anchor on the page of the route before.
 */
export const address = (): string => {
  const { href } = location;
  const [base] = href.split('#') as [string];
  last =
    (options.hash != null && (/#!?\//.test(href) ? href : href !== base && last.startsWith(`${base}#`) && last)) ||
    base;
  return last;
};

/**
 * What makes a page: all of its address but its query, and of that the parameters that the site keeps. One that reports its
 * views itself is always the same.
 */
export const path = (): string => {
  if (options.manual != null) return '';
  const { pathname, hash, searchParams } = new URL(address());
  return pathname + hash + listed(options.query).map((name) => searchParams.get(name));
};

import { listed } from './lists.ts';
import { options } from './setup.ts';

/** Whether an address is one of the listed paths, with a slash at the end or without, in capitals or not. */
const isListed = (url: string, paths: readonly string[]): boolean => {
  const { origin, pathname, hash } = new URL(url);
  // In the spelling of browsers, whatever the one of the list; `*` stands for anything.
  return paths.some((one) =>
    RegExp(`^${new URL(one, origin).href.replace(/[^\w*]/g, '\\$&').replace(/\*/g, '.*')}/*$`, 'i').test(
      `${origin}${pathname}${hash}/`,
    ),
  );
};

/** Whether anything may be reported of the page at an address. */
export const isReported = (url: string): boolean =>
  isListed(url, listed(options.include, ['*'])) && !isListed(url, listed(options.exclude));

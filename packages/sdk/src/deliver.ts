import { listed } from './lists.ts';
import type { Page } from './queue.ts';
import { quietly } from './quietly.ts';
import { send } from './send.ts';
import { options } from './setup.ts';
import type { Item } from './wire.ts';

/** Browsers write letters outside ASCII in an address by their bytes, people do not. */
const plain = (path: string): string =>
  path.replace(/(%\w\w)+/g, quietly(decodeURIComponent) as (text: string) => string);

/**
 * Whether one of the listed paths is meant, in either spelling and with a slash at the end or without; `*` stands for
 * anything.
 */
const isListed = (path: string, paths: readonly string[]): boolean =>
  paths.some((one) =>
    RegExp(`^/?${plain(one).replace(/\W/g, (sign) => (sign === '*' ? '[^]*' : `\\${sign}`))}/*$`).test(
      `${plain(path)}/`,
    ),
  );

/**
 * Sends items, each asked about, to whom it was said, as far as their page is to be reported. Each beacon has an id of its
 * own, by which the collector knows it again.
 */
export const deliver = (page: Page, items: Item[]): void => {
  const { site, to, include, exclude, beforeSend = (item) => item } = options;
  const { pathname, hash } = new URL(page.u as string);
  const ask = quietly(beforeSend);
  // When it happened is not the page's to say.
  const kept = items.flatMap(({ a, ...item }) => {
    const answer = ask(item, page);
    return answer ? { ...answer, a } : [];
  });
  if (kept[0] && isListed(pathname + hash, listed(include, '*')) && !isListed(pathname + hash, listed(exclude)))
    for (const collector of listed(to))
      for (const s of listed(site, location.hostname))
        send(collector, { ...page, s, b: Math.random().toFixed(16).slice(2) }, kept);
};

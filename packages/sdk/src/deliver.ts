import type { Options } from './options.ts';
import type { Page } from './queue.ts';
import { quietly } from './quietly.ts';
import { send } from './send.ts';
import type { Item } from './wire.ts';

/** Decides what is sent, and to whom. Each beacon has an id of its own, by which the collector knows it again. */
export const createDeliver = ({
  site = location.hostname,
  to,
  exclude = '',
  beforeSend = (item) => item,
}: Options): ((page: Page, items: Item[]) => void) => {
  const excluded = patternOf(exclude);
  const ask = quietly(beforeSend);
  return (page, items) => {
    const { pathname, hash } = new URL(page.u as string);
    if (excluded.test(pathname + hash)) return;
    // When it happened is not the page's to say.
    const kept = items.flatMap(({ a, ...item }) => {
      const answer = ask(item, page);
      return answer ? { ...answer, a } : [];
    });
    if (kept[0])
      for (const collector of to.split(','))
        for (const s of site.split(',')) send(collector, { ...page, s, b: Math.random().toFixed(16).slice(2) }, kept);
  };
};

const patternOf = (paths: string): RegExp =>
  RegExp(`^(${paths.replace(/\W/g, (sign) => ({ '*': '.*', ',': '|' })[sign] ?? `\\${sign}`)})$`);

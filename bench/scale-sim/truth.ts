import { DIMENSIONS } from '../../packages/collector/src/store/dimensions.ts';
import { type Facts, isBounce, Textbook } from '../../test/counting/model.ts';
import { visitorsOf } from '../../test/counting/numbers.ts';
import type { View } from './population.ts';
import type { Counts } from './simulate.ts';

const FACTS = Object.fromEntries(Object.keys(DIMENSIONS).map((name) => [name, ''])) as Facts;

/** What the textbook model counts, which knows who everybody is. */
export const truth = (views: readonly View[]): Counts => {
  const book = new Textbook('UTC');
  for (const { at, browser, page } of views)
    book.receive({
      browser: `${browser.address} ${browser.agent}`,
      at: at * 1000,
      batch: null,
      hostname: 'kiosk.example',
      page,
      title: '',
      via: '',
      props: {},
      facts: FACTS,
      items: [{ k: 'view' }],
    });
  const { visits } = book;
  return {
    visitors: visitorsOf(book.hits),
    visits: visits.length,
    bounces: visits.filter(isBounce).length,
    views: book.hits.length,
  };
};

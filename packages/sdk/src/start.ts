import { watchActs } from './acts.ts';
import { address, routeByHash } from './address.ts';
import { calls, type Passerby } from './calls.ts';
import { createDeliver } from './deliver.ts';
import { watchEngagement } from './engagement.ts';
import { readForm } from './forms.ts';
import { readDownload, readOutbound } from './links.ts';
import { watchNotFound } from './not-found.ts';
import type { Options } from './options.ts';
import { page, sendBy } from './queue.ts';
import { shouldRun } from './should-run.ts';
import { readTagged } from './tagged.ts';
import { watchViews } from './views.ts';

/** By their names in the option `auto`. */
const AUTOMATIC = { outbound: readOutbound, downloads: readDownload, forms: readForm };

/**
 * Puts the parts together and sets them going; `further` are those that an entry point has of its own. Where nothing may
 * be reported none of them runs, and the calls do nothing that leaves the page.
 */
export const start = <Given extends Options>(given: Given, further?: (given: Given) => void): Passerby => {
  if (shouldRun(given.local)) {
    sendBy(createDeliver(given));
    if (given.hash) routeByHash();
    page.u = address();
    page.r = document.referrer;
    page.rel = given.release;
    page.p = given.props;
    watchEngagement();
    if (!given.manual) watchViews();
    watchActs(readTagged);
    for (const name in AUTOMATIC)
      if ((given.auto ?? name).includes(name)) watchActs(AUTOMATIC[name as keyof typeof AUTOMATIC]);
    if (given.auto?.includes('404')) watchNotFound();
    further?.(given);
  }
  return calls;
};

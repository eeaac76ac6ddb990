import { watchActs } from './acts.ts';
import { address } from './address.ts';
import { calls, take } from './calls.ts';
import { watchEngagement } from './engagement.ts';
import { trackNotFound } from './not-found.ts';
import type { Options } from './options.ts';
import { forget } from './queue.ts';
import { quietly } from './quietly.ts';
import { begin, page, setUp } from './setup.ts';
import { whySilent } from './should-run.ts';
import { watchViews } from './views.ts';
import type { OnPage } from './window.ts';

/**
 * Puts the parts together and sets them going, once a page, whatever brought them in. Where nothing may be reported none of
 * them runs, and the calls do nothing that leaves the page; the console says why. Calls that were kept until now are taken.
 * @param further parts that an entry point has of its own; they are given what was kept
 */
export const start = quietly(
  <Given extends Options>(given: Given, further?: (given: Given, kept: OnPage['q']) => void): void => {
    // biome-ignore lint/suspicious/noAssignInExpressions: packs smaller than two lines.
    const passerby = (window.passerby ??= {});
    const { q, started = 0 } = passerby;
    const reason = started ? 'twice' : whySilent(given.to, given.local, passerby.off);
    // A component may call it each time that it is drawn.
    // biome-ignore lint/suspicious/noConsole: for who asks why.
    if (reason && started < 2) console.info('Passerby:', reason);
    passerby.started = started + 1;
    if (started) return;
    if (!reason) {
      setUp(given);
      begin();
      forget();
      page.u = address();
      watchEngagement();
      watchActs();
      watchViews();
      trackNotFound();
      further?.(given, q);
    }
    for (const name in calls) (passerby as typeof calls)[name] = (...rest) => take([name, ...rest]);
    q?.map?.(take);
    passerby.q = { push: take };
  },
);

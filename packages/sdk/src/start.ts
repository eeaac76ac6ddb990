import { watchActs } from './acts.ts';
import { address } from './address.ts';
import { calls } from './calls.ts';
import { watchEngagement } from './engagement.ts';
import { watchNotFound } from './not-found.ts';
import type { Options } from './options.ts';
import { forget, page } from './queue.ts';
import { options, setUp } from './setup.ts';
import { whySilent } from './should-run.ts';
import { tell } from './tell.ts';
import { watchViews } from './views.ts';
import type { Kept, OnPage } from './window.ts';

/**
 * Puts the parts together and sets them going, once a page, whatever brought them in. Where nothing may be reported none of
 * them runs, and the calls do nothing that leaves the page. Calls that were kept until now are taken.
 * @param more calls that an entry point has of its own
 * @param further parts that it has of its own; they are given what was kept
 */
export const start = <Given extends Options>(
  given: Given,
  more?: object,
  further?: (given: Given, kept: OnPage['q']) => void,
): void => {
  window.passerby ??= {};
  const { passerby } = window;
  const { started = 0 } = passerby;
  passerby.started = started + 1;
  const reason = started ? 'set up before' : whySilent(given.local);
  // A component may call it each time that it is drawn.
  if (reason && started < 2) tell(reason);
  if (started) return;
  const { q } = passerby;
  if (!reason) {
    setUp(given);
    forget();
    page.u = address();
    page.r = document.referrer;
    page.rel = given.release;
    page.p = given.props;
    watchEngagement();
    if (!given.manual) watchViews();
    watchActs();
    if (options.auto.includes('404')) watchNotFound();
    further?.(given, q);
  }
  const own: Record<string, (...given: never[]) => void> = { ...calls, ...more };
  // Not by what stands on the window, where a call that this script does not have is still the one that keeps.
  const push = ([call, ...rest]: Kept): void => own[call]?.(...(rest as never[]));
  Object.assign(passerby, own);
  q?.map?.(push);
  passerby.q = { push };
};

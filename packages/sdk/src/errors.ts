import { on } from './on.ts';
import { textOf, traceOf } from './text-of.ts';
import { report } from './views.ts';
import type { OnPage } from './window.ts';

const REPEAT_MS = 5000;

/** A page that throws in a loop has said what there is to say in its first errors. */
let left = 20;
const lastSeen: Record<string, number> = {};

/** What browsers tell of something that was thrown or rejected, and not caught. */
export type Uncaught = Pick<Event, 'type'> &
  Partial<Pick<ErrorEvent, 'error' | 'message' | 'lineno'> & Pick<PromiseRejectionEvent, 'reason'>>;

/**
 * Where the browser says nothing of an error it has no line either: "Script error.", those of ResizeObserver, images that
 * are not there. A rejection has no line at all.
 */
const hear = ({ type, error, reason = error, message = reason, lineno = +(type !== 'error') }: Uncaught): void => {
  // Of an error in a worker there is only the message: https://html.spec.whatwg.org/#runtime-script-errors-2
  const thrown = reason ?? message;
  const st = traceOf(thrown);
  const now = performance.now();
  // Of one that was not seen yet the difference is no number, and less than nothing.
  if ((!error && !lineno) || now - (lastSeen[st] as number) < REPEAT_MS || left-- < 1) return;
  lastSeen[st] = now;
  report({ k: 'error', m: textOf(thrown), st });
};

/**
 * Reports what the page throws and does not catch, whatever it is, and what it has kept of such until now. The same within
 * five seconds is reported once.
 */
export const watchErrors = (kept: OnPage['q']): void => {
  on('error unhandledrejection', hear);
  kept?.map?.(([call, event]) => call === 'error' && hear(event as Uncaught));
};

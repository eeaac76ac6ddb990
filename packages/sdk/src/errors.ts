import { quietly } from './quietly.ts';
import { text } from './text.ts';
import type { ErrorItem } from './wire.ts';

const REPEAT_MS = 5000;
/** A page that throws in a loop has said what there is to say in its first errors. */
const MOST_PER_LOAD = 20;

/**
 * Reports what the page throws and does not catch. The same error within five seconds is reported once. Errors that
 * say nothing about themselves are left out: "Script error." in a script of another origin that was loaded without
 * CORS, and notices of the browser such as those of ResizeObserver.
 */
export const watchErrors = (report: (item: ErrorItem) => void): void => {
  const lastSeen: Record<string, number> = {};
  let left = MOST_PER_LOAD;

  const notice = quietly((thrown: unknown) => {
    const m = text(thrown, 4096);
    const st = text((thrown as Error | undefined)?.stack ?? '', 16_384);
    const now = Date.now();
    if (!left || now - (lastSeen[m + st] ?? 0) < REPEAT_MS) return;
    left--;
    lastSeen[m + st] = now;
    report({ k: 'error', m, st });
  });

  addEventListener('error', ({ error }) => error && notice(error));
  addEventListener('unhandledrejection', ({ reason }) => notice(reason));
};

import { on } from './on.ts';
import { report } from './views.ts';

const REPEAT_MS = 5000;

/** A page that throws in a loop has said what there is to say in its first errors. */
let left = 20;
const lastSeen: Record<string, number> = {};

const notice = (thrown?: Partial<Error> | null): void => {
  const m = `${thrown}`;
  const st = thrown?.stack;
  const now = performance.now();
  // Of one that was not seen yet the sum is no number, and nothing is less.
  if (now < (lastSeen[m + st] as number) + REPEAT_MS || left-- < 1) return;
  lastSeen[m + st] = now;
  report({ k: 'error', m, st });
};

/**
 * Reports what the page throws and does not catch. The same error within five seconds is reported once. Errors that
 * say nothing about themselves are left out: "Script error." in a script of another origin that was loaded without
 * CORS, and notices of the browser such as those of ResizeObserver.
 */
export const watchErrors = (): void => {
  on<ErrorEvent>('error', ({ error }) => error && notice(error));
  on<PromiseRejectionEvent>('unhandledrejection', ({ reason }) => notice(reason));
};

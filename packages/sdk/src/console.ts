import { log } from './log.ts';
import { quietly } from './quietly.ts';

/** What of the console is reported: errors, or warnings too. */
export type ConsoleLevel = 'error' | 'warn';

/** Reports what the page writes to its console as lines of the log, down to a level. */
export const watchConsole = (least: ConsoleLevel): void => {
  const { console } = window;
  for (const level of ['error', 'warn'] as const) {
    const original = console[level];
    const logCall = quietly((given: unknown[]) => log(level, given.join(' ')));
    console[level] = (...given) => {
      original.apply(console, given);
      logCall(given);
    };
    if (level === least) return;
  }
};

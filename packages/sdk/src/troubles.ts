import { type ConsoleLevel, watchConsole } from './console.ts';
import { watchErrors } from './errors.ts';
import type { Options } from './options.ts';
import type { OnPage } from './window.ts';

/** How the SDK is set up where it also reports errors and the log. */
export interface FullOptions extends Options {
  /** What the page writes to its console is reported as its log: errors, or warnings too. Missing: nothing. */
  console?: ConsoleLevel | undefined;
}

/** What runs beside the parts of a page. */
export const watchTroubles = ({ console: least }: FullOptions, kept: OnPage['q']): void => {
  watchErrors(kept);
  if (least) watchConsole(least);
};

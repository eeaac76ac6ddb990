import { quietly } from './quietly.ts';
import { traceOf } from './text-of.ts';
import { report } from './views.ts';
import type { Properties, Severity } from './wire.ts';

/** The calls of a page that also reports its log. */
export interface Log {
  /**
   * Reports a line for the site's log; a load reports at most 100.
   * @param level also as other loggers call it, such as `warning`
   * @param message cut after 4,096 characters
   * @param attributes limits as for the properties of `track`
   * @example log('warn', 'cart could not be restored', { items: 3 })
   */
  log(level: Severity, message: string, attributes?: Properties | null): void;
}

let left = 100;

/** {@inheritDoc Log.log} */
export const log: Log['log'] = quietly((l, message, p) => {
  if (left-- > 0) report({ k: 'log', m: traceOf(message), l, p });
});

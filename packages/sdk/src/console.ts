import { log } from './log.ts';
import { quietly } from './quietly.ts';
import { life } from './setup.ts';
import { traceOf } from './text-of.ts';

/** What of the console is reported: errors, or warnings too. */
export type ConsoleLevel = 'error' | 'warn';

type Write = (...given: unknown[]) => void;

/** What is told may write to the console itself. */
let isTelling = false;

/** Reports what the page writes to its console, and assertions that fail, as lines of the log, down to a level. */
export const watchConsole = (least: ConsoleLevel): void => {
  const begun = life;
  const console = window.console as unknown as Record<string, Write>;
  for (const method of ['assert', 'error', 'warn']) {
    const original = console[method] as Write;
    const failed = method === 'assert' && 'Assertion failed: ';
    console[method] = (...given) => {
      original.apply(console, given);
      if (isTelling || life !== begun || (failed && given.shift())) return;
      isTelling = true;
      log(failed ? 'error' : method, (failed || '') + format(given));
      isTelling = false;
    };
    if (method === least) return;
  }
};

/** As a console does it: https://console.spec.whatwg.org/#formatter */
const format = quietly((given: unknown[]): string => {
  const [first, ...rest] = given.map((value) => traceOf(value)) as [string];
  const fill = (sign: string, kind: string): string => {
    const told = rest.shift();
    if (told === undefined) return sign;
    return `${{ c: '', d: parseInt(told, 10), i: parseInt(told, 10), f: parseFloat(told) }[kind] ?? told}`;
  };
  return [typeof given[0] === 'string' ? first.replace(/%([sdifoOc])/g, fill) : first, ...rest].join(' ');
});

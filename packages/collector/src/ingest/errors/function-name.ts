import { isTelling } from './message-shape.ts';

/** What build tools, engines and their helpers call functions of any name, and what surrounds a script. */
const ANY =
  /^(?:eval|anonymous|Function|Object|Module|exports|default|value|_?callee|require|newRequire|localRequire|tryCatch|asyncGeneratorStep|_asyncToGenerator|_next|_throw|fulfilled|rejected|__.*)$/;

/** Of a name that is longer the end says enough. */
const LONGEST = 200;

/**
 * What a function is called in all browsers and builds: `Cart.total`, `Object.total [as sum]`, `async total` and
 * `outer/total` are `total`. Empty: it has no name, or one that the next build may change.
 */
export const functionName = (written: string): string => {
  const inner = written
    .slice(-LONGEST)
    .replace(/ \[as .*/, '')
    .replace(/^(?:(?:new|async|get|set|static) )+/, '')
    .replace(/.*[/.](?!<)/, '')
    // Parcel writes `$1a2b3c$export$total`, Rollup `total$1`, esbuild `total2`, regenerator `_callee2$`.
    .replace(/^.*\$(?:var|export)\$/, '')
    .replace(/\$?\d*\$?$/, '')
    .replace(/^#/, '');
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(inner) && isTelling(inner) && !ANY.test(inner) ? inner : '';
};

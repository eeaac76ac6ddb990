import { isTelling } from './message-shape.ts';

/** What build tools and engines call what surrounds a script. */
const SURROUNDING =
  /^(?:eval|anonymous|Function|Object|Module|__webpack_require__|__webpack_exec__|require|newRequire|localRequire|__require|__init|__commonJS|__esm)$/;

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
    .replace(/\$?\d+$/, '')
    .replace(/^#/, '');
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(inner) && isTelling(inner) && !SURROUNDING.test(inner) ? inner : '';
};

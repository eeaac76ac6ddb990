/** Origins of files, and of what a machine serves to itself. */
const LOCAL = /^(?!http)|localhost(:\d+)?$|\/127\.|\[::1]/;

/**
 * Tells whether what happens on this page may be reported at all.
 *
 * Global Privacy Control (https://w3c.github.io/gpc/) and a page's own `window.passerby = { off: true }` are always
 * honoured. `local` lifts the rest: only public pages count, and only in browsers that no program drives.
 */
export const shouldRun = (local?: boolean): boolean => {
  const { globalPrivacyControl, webdriver } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return !window.passerby?.off && !globalPrivacyControl && (local || (!webdriver && !LOCAL.test(location.origin)));
};

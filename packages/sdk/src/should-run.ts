declare global {
  interface Navigator {
    readonly globalPrivacyControl?: boolean;
  }
}

/** Hosts of files, and of what a machine serves to itself. */
const LOCAL = /^$|localhost$|^127\.|::1]/;

/**
 * Tells whether what happens on this page may be reported at all.
 *
 * Global Privacy Control (https://w3c.github.io/gpc/) and a page's own `window.passerby = { off: true }` are always
 * honoured. `local` lifts the rest: only public pages count, and only in browsers that no program drives.
 */
export const shouldRun = (local?: boolean): boolean | undefined =>
  !window.passerby?.off &&
  !navigator.globalPrivacyControl &&
  (local || (!navigator.webdriver && !LOCAL.test(location.hostname)));

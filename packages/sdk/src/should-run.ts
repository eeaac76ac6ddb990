declare global {
  interface Navigator {
    readonly globalPrivacyControl?: boolean;
  }
}

/** Hosts of files, and of what a machine serves to itself. */
const LOCAL = /^$|localhost$|^127\.|::1]/;

/**
 * Why nothing that happens on this page may be reported; false: it may.
 *
 * Global Privacy Control (https://w3c.github.io/gpc/) and a page's own `window.passerby = { off: true }` are always
 * honoured. `local` lifts the rest: only public pages count, and only in browsers that no program drives.
 */
export const whySilent = (local?: boolean): string | false | undefined =>
  (window.passerby?.off && 'off') ||
  (navigator.globalPrivacyControl && 'Global Privacy Control') ||
  (!local &&
    ((navigator.webdriver && 'a driven browser, without data-local') ||
      (LOCAL.test(location.hostname) && 'localhost, without data-local')));

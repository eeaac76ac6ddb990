declare global {
  interface Navigator {
    readonly globalPrivacyControl?: boolean;
  }
}

/**
 * Why nothing that happens on this page may be reported by this script, in a word; false: it may.
 *
 * Global Privacy Control (https://w3c.github.io/gpc/) and a page's own `window.passerby = { off: true }` are always
 * honoured. `local` lifts the rest: only public pages count, none of files or of what a machine serves to itself, and only
 * in browsers that no program drives.
 */
export const whySilent = (to: unknown, local: unknown, off: unknown): string | false =>
  !to
    ? 'no tag'
    : off
      ? 'off'
      : navigator.globalPrivacyControl
        ? 'GPC'
        : local != null
          ? ''
          : navigator.webdriver
            ? 'webdriver'
            : /^$|localhost$|^127\.|::1]/.test(location.hostname) && 'localhost';

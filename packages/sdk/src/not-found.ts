import { track } from './calls.ts';
import { options } from './setup.ts';

declare global {
  interface PerformanceEntry {
    /** Of a navigation, in browsers that know it: https://w3c.github.io/resource-timing/#dom-performanceresourcetiming-responsestatus */
    readonly responseStatus?: number;
  }
}

/** Tracks that the page was answered with the status 404, if that is to be reported. Else nothing is read. */
export const trackNotFound = (): void => {
  if (options.auto.includes('404') && performance.getEntriesByType('navigation')[0]?.responseStatus === 404)
    track('404', { path: location.pathname });
};

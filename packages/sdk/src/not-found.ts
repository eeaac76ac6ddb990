import { track } from './calls.ts';

declare global {
  interface PerformanceEntry {
    /** Of a navigation, in browsers that know it: https://w3c.github.io/resource-timing/#dom-performanceresourcetiming-responsestatus */
    readonly responseStatus?: number;
  }
}

/** Tracks that the page was answered with the status 404. */
export const watchNotFound = (): void => {
  if (performance.getEntriesByType('navigation')[0]?.responseStatus === 404) track('404', { path: location.pathname });
};

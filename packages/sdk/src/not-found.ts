import { track } from './calls.ts';
import { options } from './setup.ts';

declare global {
  interface PerformanceEntry {
    /** Of a navigation, in browsers that know it: https://w3c.github.io/resource-timing/#dom-performanceresourcetiming-responsestatus */
    readonly responseStatus?: number;
  }
}

/** Tracks the status of the page, if it is one of those that are reported. */
export const trackNotFound = (): unknown =>
  performance
    .getEntriesByType('navigation')
    .map(
      ({ responseStatus: status }) =>
        options.auto.includes((status || 1) as never) && track(status as never, { path: location.pathname }),
    );

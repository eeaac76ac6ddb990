import { push } from './queue.ts';
import { options } from './setup.ts';

declare global {
  interface PerformanceEntry {
    /** Of a navigation, in browsers that know it: https://w3c.github.io/resource-timing/#dom-performanceresourcetiming-responsestatus */
    readonly responseStatus?: number;
  }
}

/** Tracks that the page was answered with the status 404, if that is to be reported. Else nothing is read. */
export const trackNotFound = (): void => {
  if (/404/.test(options.auto) && performance.getEntriesByType('navigation')[0]?.responseStatus === 404)
    push({ k: 'event', n: '404', p: { path: location.pathname }, ni: 1 });
};

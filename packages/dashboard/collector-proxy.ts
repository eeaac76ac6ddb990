import type { ProxyOptions } from 'vite';

/** What the collector answers; all else is the dashboard's. */
export const OF_THE_COLLECTOR =
  /^\/(?:(?:api|demo)(?:\/|$)|(?:in|in\.gif|healthz|readyz|metrics)$|p(?:\.[\w.-]+)?\.js$)/;

/** For Vite's server: hands on to a collector what is its, under the address that the browser knows. */
export const proxyTo = (target: string): Record<string, ProxyOptions> => ({
  [OF_THE_COLLECTOR.source]: { target, changeOrigin: false },
});

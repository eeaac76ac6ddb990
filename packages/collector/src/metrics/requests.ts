import type { ServerResponse } from 'node:http';
import { elapsed } from '../lib/system.ts';
import type { NoteDuration } from './durations.ts';

/** What a request is for, as far as that is measured: a closed list, and nothing of a site. */
export const ROUTES = ['intake', 'pixel', 'script', 'pages', 'question', 'live', 'api', 'health'] as const;
export type Route = (typeof ROUTES)[number];

/** Paths that may have other names. */
export interface Paths {
  readonly script: string;
  readonly intake: string;
}

/** What is asked of the store, by the owners' names for it and by those of Plausible. */
const QUESTION = /^\/api\/(?:query|logs|overview|v[12]\/)/;
const LIVE = /^\/api\/sites\/[^/]*\/live$/;
const HEALTH = new Set(['/healthz', '/readyz', '/metrics', '/api/health']);

/** Tells what a path is for. */
export const createRouteOf = ({ script, intake }: Paths): ((path: string) => Route) => {
  const stem = script.replace(/\.js$/, '');
  return (path) => {
    if (path === intake) return 'intake';
    if (path.startsWith(`${intake}.`)) return 'pixel';
    if (path === script || path.startsWith(`${stem}.`)) return 'script';
    if (HEALTH.has(path)) return 'health';
    if (LIVE.test(path)) return 'live';
    if (QUESTION.test(path)) return 'question';
    return path.startsWith('/api/') ? 'api' : 'pages';
  };
};

/** How an answer ended: the first digit of its status, or that whoever asked had gone before it began. */
const endOf = ({ statusCode, headersSent }: ServerResponse): string =>
  headersSent ? `${Math.floor(statusCode / 100)}xx` : 'gone';

/** Measures requests, from their heads to the ends of their answers. */
export const createRequestWatch = (
  paths: Paths,
  seriesOf: (labels: { route: string; status: string }) => NoteDuration,
): ((path: string, response: ServerResponse) => void) => {
  const routeOf = createRouteOf(paths);
  const series = new Map<string, NoteDuration>();
  const noteOf = (route: Route, status: string): NoteDuration => {
    const key = route + status;
    const known = series.get(key);
    if (known !== undefined) return known;
    const note = seriesOf({ route, status });
    series.set(key, note);
    return note;
  };
  return (path, response) => {
    const begun = elapsed();
    const route = routeOf(path);
    response.once('close', () => noteOf(route, endOf(response))((elapsed() - begun) / 1000));
  };
};

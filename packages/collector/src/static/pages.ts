import type { Context, Hono, MiddlewareHandler } from 'hono';
import { every } from 'hono/combine';
import type { Address } from '../http/address.ts';
import { ofPages, ofScript, strictTransport } from '../http/security-headers.ts';
import { placeDashboard, placeDemo } from './placed-html.ts';
import { readFiles, type ServedFile, type ServedFiles, sendFile } from './static-files.ts';
import { FOR_GOOD, scriptDoors } from './tracker-scripts.ts';

/** What is served beside the API. */
export interface PagesDeps {
  readonly paths: { readonly script: string; readonly intake: string };
  /** Folders: of the built scripts, of the built dashboard, of the demo pages (null: no demo). */
  readonly folders: { readonly script: string; readonly dashboard: string; readonly demo: string | null };
  readonly address: Address;
}

const ASK_FIRST = 'no-cache';

/** Serves the scripts to any origin, the pages to people. */
export const createPages = ({ paths, folders, address }: PagesDeps): ((app: Hono) => void) => {
  const scripts = scriptDoors(paths.script, folders.script);
  const dashboard = readFiles(folders.dashboard, (html) => placeDashboard(html, address.base));
  const index: MiddlewareHandler = async (c) => sendFile(c, dashboard.get('index.html'), ASK_FIRST);
  const page = every(ofPages, strictTransport(address), index);
  return (app) => {
    for (const { path, send } of scripts) app.get(path, ofScript, send);
    if (folders.demo !== null) {
      const files = readFiles(folders.demo, (html) => placeDemo(html, address.base, paths));
      app.get('/demo/*', ofPages, demoPage(files));
    }
    app.get('/assets/*', ofPages, (c) => sendFile(c, dashboard.get(c.req.path.slice(1)), FOR_GOOD));
    app.get('*', async (c, next) => (isPage(c) ? page(c, next) : next()));
  };
};

const demoPage = (files: ServedFiles): MiddlewareHandler => {
  const find = (path: string): ServedFile | undefined => {
    const file = files.get(path === '' || path.endsWith('/') ? `${path}index.html` : path);
    // The single-page part of the demo has addresses of its own.
    return file ?? (/^app(?:\/|$)/.test(path) ? files.get('app/index.html') : undefined);
  };
  return async (c) => {
    const file = find(c.req.path.replace(/^\/demo\/?/, ''));
    if (file !== undefined) return sendFile(c, file, ASK_FIRST);
    c.status(404);
    return sendFile(c, files.get('404.html'), 'no-store');
  };
};

/** The API answers for itself, and a path that is empty in between is none. */
const NO_PAGE = /^\/api(?:\/|$)|\/\//;

/** The dashboard's addresses are its own affair: a browser that asks for a page gets the dashboard. */
const isPage = ({ req }: Context): boolean =>
  req.header('accept')?.includes('text/html') === true && !NO_PAGE.test(req.path);

import type { Context, Hono, MiddlewareHandler } from 'hono';
import { every } from 'hono/combine';
import { readFiles, sendFile } from './files.ts';
import { ofPages, ofScript, strictTransport } from './headers.ts';

/** What is served beside the API. */
export interface DoorsDeps {
  readonly scriptPath: string;
  /** Folders: of the built script, of the built dashboard, of the demo pages (null: no demo). */
  readonly folders: { readonly script: string; readonly dashboard: string; readonly demo: string | null };
}

const HOUR_S = 3600;
const FOR_AN_HOUR = `public, max-age=${HOUR_S}`;
/** Their names change with what is in them. */
const FOR_GOOD = `public, max-age=${365 * 24 * HOUR_S}, immutable`;
const ASK_FIRST = 'no-cache';

/** Opens the doors: the script to any origin, the pages to people. */
export const createDoors = ({ scriptPath, folders }: DoorsDeps): ((app: Hono) => void) => {
  const script = readFiles(folders.script).get('p.js');
  const dashboard = readFiles(folders.dashboard);
  const index: MiddlewareHandler = async (c) => sendFile(c, dashboard.get('index.html'), ASK_FIRST);
  const page = every(ofPages, strictTransport, index);
  return (app) => {
    app.get(scriptPath, ofScript, (c) => sendFile(c, script, FOR_AN_HOUR));
    if (folders.demo !== null) app.get('/demo/*', ofPages, demoPage(folders.demo));
    app.get('/assets/*', ofPages, (c) => sendFile(c, dashboard.get(c.req.path.slice(1)), FOR_GOOD));
    app.get('*', async (c, next) => (isPage(c) ? page(c, next) : next()));
  };
};

const demoPage = (folder: string): MiddlewareHandler => {
  const files = readFiles(folder);
  return async (c) => {
    const path = c.req.path.replace(/^\/demo\/?/, '');
    const file = files.get(path === '' || path.endsWith('/') ? `${path}index.html` : path);
    // The single-page part of the demo has addresses of its own.
    return sendFile(c, file ?? (/^app(?:\/|$)/.test(path) ? files.get('app/index.html') : undefined), ASK_FIRST);
  };
};

/** The API answers for itself, and a path that is empty in between is none. */
const NO_PAGE = /^\/api(?:\/|$)|\/\//;

/** The dashboard's addresses are its own affair: a browser that asks for a page gets the dashboard. */
const isPage = ({ req }: Context): boolean =>
  req.header('accept')?.includes('text/html') === true && !NO_PAGE.test(req.path);

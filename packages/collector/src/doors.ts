import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono, MiddlewareHandler } from 'hono';
import { every } from 'hono/combine';
import { etag } from 'hono/etag';
import { secureHeaders } from 'hono/secure-headers';
import { createIntake, type IntakeDeps, OPEN_TO_ALL } from './ingest/intake.ts';

/** What is served beside the API. */
export interface DoorsDeps {
  readonly intake: IntakeDeps;
  readonly paths: { readonly script: string; readonly intake: string };
  /** Folders: of the built script, of the built dashboard, of the demo pages (null: no demo). */
  readonly folders: { readonly script: string; readonly dashboard: string; readonly demo: string | null };
}

const HOUR_S = 3600;

/** Nothing but our own files: no inline script or style, no frame around us. */
const PAGE_HEADERS = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'same-origin',
  // Set by whoever ends TLS: over plain http the header means nothing.
  strictTransportSecurity: false,
});

const cacheFor =
  (value: string): MiddlewareHandler =>
  async (c, next) => {
    await next();
    if (c.res.status < 400) c.header('cache-control', value);
  };

/** Opens the doors: intake and script to any origin, the pages to people. */
export const createDoors =
  ({ intake, paths, folders }: DoorsDeps) =>
  (app: Hono): void => {
    app.all(paths.intake, createIntake(intake));
    app.get(
      paths.script,
      openToAll,
      cacheFor(`public, max-age=${HOUR_S}`),
      etag(),
      serveStatic({ root: folders.script, path: 'p.js', precompressed: true }),
    );
    if (folders.demo !== null) app.use('/demo/*', ...demoPages(folders.demo));
    if (folders.demo !== null) app.get('/demo', (c) => c.redirect('/demo/'));
    app.use(
      '/assets/*',
      PAGE_HEADERS,
      cacheFor('public, max-age=31536000, immutable'),
      serveStatic({ root: folders.dashboard, precompressed: true }),
    );
    app.get('*', dashboardPage(folders.dashboard));
  };

const openToAll: MiddlewareHandler = async (c, next) => {
  for (const [name, value] of Object.entries(OPEN_TO_ALL)) c.header(name, value);
  await next();
};

const demoPages = (folder: string): MiddlewareHandler[] => [
  PAGE_HEADERS,
  cacheFor('no-cache'),
  serveStatic({ root: folder, rewriteRequestPath: (path) => path.slice('/demo'.length) }),
  // The single-page part of the demo has addresses of its own.
  async (c, next) =>
    c.req.path.startsWith('/demo/app/') ? serveStatic({ root: folder, path: 'app/index.html' })(c, next) : next(),
];

/** The dashboard's addresses are its own affair: a browser that asks for a page gets the dashboard. */
const dashboardPage = (folder: string): MiddlewareHandler => {
  const page = every(
    PAGE_HEADERS,
    cacheFor('no-cache'),
    serveStatic({ root: folder, path: 'index.html', precompressed: true }),
  );
  return async (c, next) => {
    const isPage = c.req.header('accept')?.includes('text/html') === true && !c.req.path.startsWith('/api/');
    return isPage ? page(c, next) : next();
  };
};

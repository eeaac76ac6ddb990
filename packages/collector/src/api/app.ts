import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import type { Caller } from '../accounts/caller.ts';
import type { Address } from '../http/address.ts';
import { ApiError } from '../http/api-error.ts';
import { jsonOnly } from '../http/json-body.ts';
import { everywhere, strictTransport } from '../http/security-headers.ts';
import { errorOf, type Log, seldom } from '../lib/logger.ts';
import { type Asker, createAskerMiddleware } from '../query/admission/asker.ts';
import type { Queries } from '../query/create-queries.ts';
import type { Refusal } from '../query/stats/query.ts';
import { MAX_BODY_BYTES } from '../server/request-body.ts';
import type { ScriptPlaces } from '../sites/check/check.ts';
import type { Site } from '../sites/site.ts';
import type { UnknownNames } from '../sites/unknown-names.ts';
import { pathWith } from '../static/tracker-scripts.ts';
import { type Access, createAccess } from './access.ts';
import { createChanging, SAFE_METHODS } from './account-write-limit.ts';
import { createEndpoint, describedRoutes, type Endpoint, methodsOf } from './endpoint.ts';
import { type ErrorResponse, errorResponseOf, levelOf } from './error-response.ts';
import type { Described } from './openapi/described.ts';
import { inTheirWords } from './plausible/errors.ts';
import { plausibleHealthRoute, plausibleRoutes } from './plausible/routes.ts';
import type { AccountRoutesDeps } from './routes/account-deps.ts';
import { accountRoutes, openAccountRoutes } from './routes/accounts.ts';
import { type BackupRoutesDeps, backupRoutes } from './routes/backup.ts';
import { type DoctorRoutesDeps, doctorRoutes } from './routes/doctor.ts';
import { type HealthRoutesDeps, healthRoutes } from './routes/health.ts';
import { referenceRoutes } from './routes/reference.ts';
import { type ViewRoutesDeps, viewRoutes } from './routes/saved-views.ts';
import { type MaintenanceDeps, maintenanceRoutes } from './routes/site-maintenance.ts';
import { siteRoutes } from './routes/sites.ts';
import { type StatisticsRoutesDeps, statisticsRoutes } from './routes/statistics.ts';
import { doorRoutes } from './routes/statistics-doors.ts';
import { type StatusRoutesDeps, statusRoutes } from './routes/status.ts';
import { type SystemRoutesDeps, systemRoutes } from './routes/system.ts';
import { createSessionCookie, type SessionCookie } from './session-cookie.ts';

/** Everything the app is made of; nothing in it reads the environment, the clock or the network by itself. */
export interface AppDeps
  extends Without<
    StatusRoutesDeps &
      HealthRoutesDeps &
      StatisticsRoutesDeps &
      AccountRoutesDeps &
      BackupRoutesDeps &
      DoctorRoutesDeps &
      SystemRoutesDeps &
      ViewRoutesDeps
  > {
  readonly log: Log;
  /** Is given when questions under way are to be given up. */
  readonly ending: AbortSignal;
  /** Asks a question about one site. */
  readonly ask: Queries['ask'];
  /** What beacons named that is no site here. */
  readonly unknownNames: () => UnknownNames;
  /** Looking whether a site is connected, and forgetting what was stored of it. */
  readonly maintenance: Pick<MaintenanceDeps, 'check' | 'extent' | 'purge'>;
  readonly address: Address;
  /** What needs no API: script, demo, dashboard. */
  readonly pages: (app: Hono) => void;
}

/** What routes need, without what is made here. */
type Without<D> = Omit<D, 'access' | 'endpoint' | 'refusalOf' | 'sessionCookie'>;

/** What the app has, and what it makes for its routes. */
type RouteDeps = AppDeps & {
  readonly access: Access;
  readonly sessionCookie: SessionCookie;
  readonly endpoint: Endpoint;
  readonly refusalOf: StatisticsRoutesDeps['refusalOf'];
};

/** Everything that needs a sign-in or a token: what is added here answers 401 without either, before its own guard runs. */
const closedRoutes = (deps: RouteDeps) => {
  const { access, address, askNow, paths } = deps;
  const forget = (site: Site): Promise<void> => deps.views.removeAll(site.id);
  const hasHits = async (site: Site, asker: Asker): Promise<boolean> => (await askNow(site, asker)).hits;
  const placesOf = (c: Context): ScriptPlaces => {
    const at = (...parts: string[]): URL => new URL(address.of(c) + pathWith(paths.script, ...parts));
    return [at(), at('full'), at(deps.version), at('full', deps.version)];
  };
  return new Hono<{ Variables: { caller: Caller } }>()
    .use(access.account, createChanging())
    .route('/', siteRoutes(deps))
    .route('/', accountRoutes(deps))
    .route('/', statisticsRoutes(deps))
    .route('/', viewRoutes(deps))
    .route('/', plausibleRoutes(deps))
    .route('/', backupRoutes(deps))
    .route('/', doctorRoutes(deps))
    .route('/', systemRoutes(deps))
    .route('/', maintenanceRoutes({ ...deps, ...deps.maintenance, hasHits, placesOf, forget }));
};

/**
 * Refuses what another site's page makes an owner's browser send. Every browser says by itself where a request comes
 * from (https://www.w3.org/TR/fetch-metadata/); the cookie is `SameSite=Lax` besides. Hono's `csrf` refuses forms alone, and
 * lets JSON of another site pass; and it refuses programs that say neither a type nor an origin.
 */
const sameOrigin = createMiddleware(async (c, next) => {
  const from = c.req.header('sec-fetch-site');
  if (!SAFE_METHODS.includes(c.req.method) && (from === 'cross-site' || from === 'same-site'))
    throw new ApiError(403, 'cross_site', 'request', 'pages of other sites may not do this');
  await next();
});

/** @param described all routes, once all are there */
const apiRoutes = (deps: RouteDeps, described: () => readonly Described[]) =>
  new Hono()
    .use(
      strictTransport(deps.address),
      sameOrigin,
      jsonOnly,
      bodyLimit({ maxSize: MAX_BODY_BYTES, onError: () => tooLarge() }),
    )
    .route('/', statusRoutes(deps))
    .route('/', plausibleHealthRoute(deps))
    .route('/', referenceRoutes({ ...deps, described }))
    .route('/', openAccountRoutes(deps))
    .route('/', doorRoutes(deps))
    .route('/', closedRoutes(deps));

const tooLarge = (): never => {
  throw new HTTPException(413, { message: `must be at most ${MAX_BODY_BYTES} bytes` });
};

/** Whether a refusal is over by itself after a while. */
const isPassing = (status: number): boolean => status === 429 || status === 503;

/** Seconds to wait where nothing says how many: a store that went away is looked for every few, and what is under way ends. */
const RETRY_S = '5';

/** Builds the collector's HTTP interface. */
export const createApp = (deps: AppDeps): Hono => {
  const app = new Hono().use(everywhere);
  const sessionCookie = createSessionCookie(deps.address, deps.accounts.sessions);
  const access = createAccess({ ...deps, sessionCookie });
  const log = seldom(deps.log, deps.now);
  const failed = (error: Error): ErrorResponse => {
    const response = errorResponseOf(error);
    const level = levelOf(error);
    if (level !== null) log[level]('a request failed', { error: errorOf(error), status: response.status });
    if (isPassing(response.status)) deps.metrics.turnedDown(response.code);
    return response;
  };
  app.onError((error, c) => {
    // A client that goes away in the middle of its request is no failure of ours.
    const { status, ...refusal } = c.req.raw.signal.aborted ? errorResponseOf(error) : failed(error);
    if (isPassing(status) && !c.res.headers.has('retry-after')) c.header('retry-after', RETRY_S);
    return c.json({ error: refusal }, status);
  });
  app.notFound((c) => {
    const allowed = methodsOf(app, c.req.path);
    if (allowed.length === 0)
      return c.json({ error: { code: 'not_found', field: 'path', message: 'there is nothing here' } }, 404);
    const allow = allowed.join(', ');
    c.header('allow', allow);
    return c.json({ error: { code: 'wrong_method', field: 'method', message: `must be one of ${allow}` } }, 405);
  });
  app.route('/', healthRoutes({ ...deps, access }));
  deps.pages(app);
  const endpoint = createEndpoint(access, createAskerMiddleware(deps.ending));
  const refusalOf = (error: Error): Refusal => {
    const { status: _, ...refusal } = failed(error);
    return { error: refusal };
  };
  for (const path of ['/api/v1/*', '/api/v2/*', '/api/health']) app.use(path, inTheirWords);
  app.route(
    '/api',
    apiRoutes({ ...deps, access, endpoint, refusalOf, sessionCookie }, () => describedRoutes(app)),
  );
  return app;
};

/**
 * Type of the API, for a client that knows every path, what it takes and what it answers.
 * @example
 * const client = hc<AppType>('https://stats.example.com/api'); // `hc` of hono/client
 * const status = await (await client.status.$get()).json();
 */
export type AppType = ReturnType<typeof apiRoutes>;

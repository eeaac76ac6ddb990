import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { validator } from 'hono/validator';
import type { Accounts } from '../accounts/account-store.ts';
import type { LoginThrottle } from '../accounts/login-throttle.ts';
import { EVERYWHERE } from '../accounts/role.ts';
import type { BackupUnderWay } from '../backup/backup.ts';
import { ApiError } from '../http/api-error.ts';
import { jsonOnly } from '../http/json-body.ts';
import { httpOriginOf } from '../http/origin.ts';
import { everywhere, strictTransport } from '../http/security-headers.ts';
import type { ProxyHint } from '../ingest/proxy-hint.ts';
import { errorOf, type Log, seldom } from '../lib/logger.ts';
import type { Metrics } from '../metrics.ts';
import { type Asker, createAsking } from '../query/admission/asker.ts';
import type { LiveHub } from '../query/live/hub.ts';
import type { LogsAnswer, LogsQuestion } from '../query/logs/logs.ts';
import { parseLogsQuestion } from '../query/logs/parse.ts';
import type { Overview } from '../query/overview/overview.ts';
import type { OverviewRange } from '../query/overview/parse.ts';
import { parseQuestion } from '../query/stats/parse.ts';
import type { Answer, Question } from '../query/stats/query.ts';
import type { ScriptPlaces } from '../sites/check/check.ts';
import type { SavedViews } from '../sites/saved-views.ts';
import type { Site } from '../sites/site.ts';
import type { Sites } from '../sites/site-store.ts';
import type { UnknownNames } from '../sites/unknown-names.ts';
import { endpointFor } from '../static/script-tag.ts';
import { pathWith } from '../static/tracker-scripts.ts';
import { StoreError } from '../store/store-error.ts';
import { type Access, type Caller, createAccess, mayOn } from './access.ts';
import { createChanging, SAFE_METHODS } from './account-write-limit.ts';
import { errorResponseOf, levelOf } from './error-response.ts';
import { accountRoutes, openAccountRoutes } from './routes/accounts.ts';
import { backupRoutes } from './routes/backup.ts';
import { referenceRoutes } from './routes/reference.ts';
import { viewRoutes } from './routes/saved-views.ts';
import { type MaintenanceDeps, maintenanceRoutes } from './routes/site-maintenance.ts';
import { type Now, siteRoutes } from './routes/sites.ts';
import { statisticsRoutes } from './routes/statistics.ts';

/** Everything the app is made of; nothing in it reads the environment, the clock or the network by itself. */
export interface AppDeps {
  readonly accounts: Accounts;
  readonly loginThrottle: LoginThrottle;
  /** Address of the client, normalised. */
  readonly clientOf: (c: Context) => string;
  readonly sites: Sites;
  readonly proxyHint: ProxyHint;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  readonly version: string;
  /** Where the script and the intake are, when their paths were renamed. */
  readonly paths: { readonly script: string; readonly intake: string };
  readonly geo: { readonly text: string; readonly url: string };
  readonly isReady: () => Promise<boolean>;
  /** Whether there are sites to count for, and room for their hits. */
  readonly takesBeacons: () => boolean;
  readonly condition: () => Condition;
  readonly ask: (question: Question, site: Site, asker: Asker) => Promise<Answer>;
  readonly askLogs: (question: LogsQuestion, site: Site, asker: Asker) => Promise<LogsAnswer>;
  readonly askNow: (site: Site, asker: Asker) => Promise<Now>;
  readonly askOverview: (sites: readonly Site[], range: OverviewRange, asker: Asker) => Promise<Overview>;
  readonly live: LiveHub;
  /** What beacons named that is no site here. */
  readonly unknownNames: () => UnknownNames;
  readonly views: SavedViews;
  /** Makes a backup of the store. */
  readonly backup: () => Promise<BackupUnderWay>;
  /** Looking whether a site is connected, and forgetting what was stored of it. */
  readonly upkeep: Pick<MaintenanceDeps, 'check' | 'extent' | 'purge'>;
  /** Doors that need no API: script, demo, dashboard. */
  readonly pages: (app: Hono) => void;
}

/** What an owner must know of what was accepted and is not, or cannot be, in the statistics. */
export interface Condition {
  /** Rows accepted and not stored yet. */
  readonly waiting: number;
  /** Seconds since the oldest of them was accepted; 0: none. */
  readonly behind: number;
  /** Segments that could not be stored and were set aside, to be put back. */
  readonly rejected: number;
  /** Pieces of what was accepted that were damaged on the disk: they are in no number, and cannot be put back. */
  readonly damaged: number;
  /** Damaged parts of tables that the engine set aside when it started. */
  readonly detached: number;
  /** Damaged parts of tables that are there: questions for them are not answered until somebody acts. */
  readonly unreadable: number;
}

/** What an owner may have to set. `private_clients`: all clients seen so far look private. */
type Hint = 'private_clients';

/** The longest question that makes sense. */
const MAX_BODY_BYTES = 64 * 1024;

/** What is there and cannot be read is not to be set up anew: its damage is told by the rest of the status. */
const isUnowned = (accounts: Accounts): boolean => {
  try {
    return !accounts.hasOwner;
  } catch (error) {
    if (error instanceof StoreError && error.damage !== null) return false;
    throw error;
  }
};

/** What needs no account: whether there is one, and how this collector is doing. */
const statusRoutes = (deps: AppDeps, access: Access) =>
  new Hono().get('/', async (c) => {
    const caller = access.callerOf(c);
    const known = caller !== undefined;
    const hints: Hint[] = known && deps.proxyHint.allPrivate ? ['private_clients'] : [];
    const origin = httpOriginOf(c);
    return c.json({
      setup: isUnowned(deps.accounts),
      account: caller?.kind === 'account' ? { email: caller.account.email } : null,
      version: deps.version,
      engine: (await deps.isReady()) ? ('ready' as const) : ('down' as const),
      keeping: known ? deps.condition() : null,
      hints,
      geo: { attribution: deps.geo.text, url: deps.geo.url },
      script: { src: origin + deps.paths.script, endpoint: endpointFor(origin, deps.paths.script, deps.paths.intake) },
    });
  });

/** Everything that needs a sign-in or a token: what is added here is closed to strangers before its own guard is asked. */
const closedRoutes = (deps: AppDeps, access: Access) => {
  const { sites, ask, askLogs, askNow, paths, unknownNames } = deps;
  const forget = (site: Site): Promise<void> => deps.views.removeAll(site.id);
  const hasHits = async (site: Site, asker: Asker): Promise<boolean> => (await askNow(site, asker)).hits;
  const asking = createAsking();
  const placesOf = (c: Context): ScriptPlaces => {
    const at = (...parts: string[]): URL => new URL(pathWith(paths.script, ...parts), httpOriginOf(c));
    return [at(), at('full'), at(deps.version), at('full', deps.version)];
  };
  return new Hono<{ Variables: { caller: Caller } }>()
    .use(access.account, createChanging())
    .route('/sites', siteRoutes({ sites, now: askNow, access, asking }))
    .route('/', accountRoutes({ ...deps, access }))
    .route('/', statisticsRoutes({ ...deps, access, asking }))
    .route('/sites', viewRoutes(deps.views, access))
    .route('/operator', backupRoutes({ ...deps, access }))
    .route(
      '/sites',
      maintenanceRoutes({ ...deps.upkeep, access, asking, sites, hasHits, placesOf, forget, unknownNames }),
    )
    .get('/unknown-names', access.everywhere('owner'), (c) => c.json(unknownNames()))
    .post(
      '/query',
      asking,
      validator('json', (value) => parseQuestion(value)),
      async (c) => {
        const question = c.req.valid('json');
        const site = access.find(c.var.caller, question.site_id, 'viewer');
        return c.json(await ask(question, site, c.var.asker));
      },
    )
    .get(
      '/logs',
      asking,
      validator('query', (value) => parseLogsQuestion(firstOfEach(value))),
      async (c) => {
        const question = c.req.valid('query');
        const site = access.find(c.var.caller, question.site_id, 'viewer');
        return c.json(await askLogs(question, site, c.var.asker));
      },
    );
};

/** A parameter given twice counts as given once. */
const firstOfEach = (given: Readonly<Record<string, string | readonly string[]>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, typeof value === 'string' ? value : (value[0] ?? '')]),
  );

/**
 * Refuses what another site's page makes an owner's browser send. Every browser says by itself where a request comes
 * from (https://www.w3.org/TR/fetch-metadata/); the cookie is `SameSite=Lax` besides.
 */
const sameOrigin = createMiddleware(async (c, next) => {
  const from = c.req.header('sec-fetch-site');
  if (!SAFE_METHODS.includes(c.req.method) && (from === 'cross-site' || from === 'same-site'))
    throw new ApiError(403, 'cross_site', 'request', 'pages of other sites may not do this');
  await next();
});

const apiRoutes = (deps: AppDeps, access: Access) =>
  new Hono()
    .use(strictTransport, sameOrigin, jsonOnly, bodyLimit({ maxSize: MAX_BODY_BYTES, onError: () => tooLarge() }))
    .route('/status', statusRoutes(deps, access))
    .route('/', referenceRoutes(deps.version))
    .route('/', openAccountRoutes({ ...deps, access }))
    .route('/', closedRoutes(deps, access));

const tooLarge = (): never => {
  throw new HTTPException(413, { message: `must be at most ${MAX_BODY_BYTES} bytes` });
};

/** Seconds to wait where nothing says how many: a store that went away is looked for every few, and what is under way ends. */
const RETRY_S = '5';

/** Builds the collector's HTTP interface. */
export const createApp = (deps: AppDeps): Hono => {
  const app = new Hono().use(everywhere);
  const access = createAccess(deps);
  const log = seldom(deps.log, deps.now);
  app.onError((error, c) => {
    const { status, ...told } = errorResponseOf(error);
    // A client that goes away in the middle of its request is no failure of ours.
    const isGone = c.req.raw.signal.aborted;
    const level = isGone ? null : levelOf(error);
    if (level !== null) log[level]('a request failed', { error: errorOf(error), status });
    const isPassing = status === 429 || status === 503;
    if (isPassing && !c.res.headers.has('retry-after')) c.header('retry-after', RETRY_S);
    return c.json({ error: told }, status);
  });
  app.notFound((c) => c.json({ error: { code: 'not_found', field: 'path', message: 'there is nothing here' } }, 404));
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  // Ready means: takes beacons. The store is shared: were it asked, all collectors would leave the balancer at once.
  app.get('/readyz', async (c) => {
    const store = (await deps.isReady()) ? 'ready' : 'down';
    return deps.takesBeacons() ? c.json({ status: 'ok', store }) : c.json({ status: 'busy', store }, 503);
  });
  app.get('/metrics', async (c) => {
    const caller = access.callerOf(c);
    if (caller === undefined || caller.kind === 'account')
      throw new HTTPException(401, { message: 'send a token as Authorization: Bearer' });
    if (!mayOn(caller, EVERYWHERE, 'viewer')) throw new HTTPException(403, { message: 'send a token for all sites' });
    return c.text(await deps.metrics.text());
  });
  deps.pages(app);
  app.route('/api', apiRoutes(deps, access));
  return app;
};

/** Type of the API, for the dashboard's client. */
export type AppType = ReturnType<typeof apiRoutes>;

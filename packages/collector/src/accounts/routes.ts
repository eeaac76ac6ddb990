import { Hono } from 'hono';
import { allRoutes, operatorRoutes } from './routes/all.ts';
import type { AccountRoutesDeps } from './routes/deps.ts';
import { acceptRoutes, inviteRoutes } from './routes/invites.ts';
import { memberRoutes } from './routes/members.ts';
import { ownRoutes } from './routes/own.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { tokenRoutes } from './routes/tokens.ts';

/** Routes of accounts that are open to anyone. */
export const openAccountRoutes = (deps: AccountRoutesDeps) =>
  new Hono().route('/', signInRoutes(deps)).route('/invites', acceptRoutes(deps));

/** The others, each with its guard. */
export const accountRoutes = (deps: AccountRoutesDeps) =>
  new Hono()
    .route('/account', ownRoutes(deps))
    .route('/accounts', allRoutes(deps))
    .route('/invites', inviteRoutes(deps))
    .route('/operator', operatorRoutes(deps))
    .route('/sites', memberRoutes(deps))
    .route('/tokens', tokenRoutes(deps));

import { Hono } from 'hono';
import type { AccountRoutesDeps } from './account-deps.ts';
import { adminRoutes, operatorRoutes } from './admin.ts';
import { acceptRoutes, inviteRoutes } from './invites.ts';
import { meRoutes } from './me.ts';
import { memberRoutes } from './members.ts';
import { signInRoutes } from './sign-in.ts';
import { tokenRoutes } from './tokens.ts';

/** Routes of accounts that are open to anyone. */
export const openAccountRoutes = (deps: AccountRoutesDeps) =>
  new Hono().route('/', signInRoutes(deps)).route('/', acceptRoutes(deps));

/** The others, each with its guard. */
export const accountRoutes = (deps: AccountRoutesDeps) =>
  new Hono()
    .route('/', meRoutes(deps))
    .route('/', tokenRoutes(deps))
    .route('/', memberRoutes(deps))
    .route('/', inviteRoutes(deps))
    .route('/', adminRoutes(deps))
    .route('/', operatorRoutes(deps));

import type { z } from 'zod';

/**
 * Who may call a route. `anyone`: also strangers. `account`: whoever is signed in, or has a token. `person`: a signed in
 * account. `no token`: that, or the command line. The roles: on the site that the route names;
 * `owner somewhere`: on any site. `owner everywhere`: who may do everything. `operator`:
 * the command line of this collector.
 */
export type Who =
  | 'anyone'
  | 'account'
  | 'person'
  | 'no token'
  | 'viewer'
  | 'editor'
  | 'owner'
  | 'owner somewhere'
  | 'owner everywhere'
  | 'operator';

/** A route of the API in words and shapes: what OpenAPI and the reference are made of. */
export interface Described {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api`, as `/sites/:domain`. */
  readonly path: string;
  readonly who: Who;
  /** What it does: a sentence without a subject. */
  readonly summary: string;
  /** What else whoever calls it must know. */
  readonly note?: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Status of the answer when all is well. Missing: 200. */
  readonly status?: 200 | 201 | 204;
  /** The answer's JSON, or its media type where it is no JSON; missing: it has no body. */
  readonly answer?: z.ZodType | `${string}/${string}`;
  /** A call that works; tests make it. Parameters of the path are the test's own. */
  readonly example?: { readonly query?: string; readonly body?: unknown };
}

/** Routes that belong together. */
export interface Section {
  readonly title: string;
  readonly text: string;
  readonly routes: readonly Described[];
}

import type { z } from 'zod';
import type { Tag } from './tags.ts';

/**
 * Who may call a route. `anyone`: also strangers. `account`: whoever is signed in, or has a token. `person`: a signed in
 * account. `no token`: that, or the command line. The roles: on the site that the route names;
 * `owner somewhere`: on any site. `owner everywhere`: who may do everything. `operator`:
 * the command line of this collector.
 */
export type Permission =
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

/** A refusal that is peculiar to a route, in a sentence. */
type Refusals = { readonly [status in 401 | 403 | 404 | 409 | 429]?: string };

/** What a route answers when all is well: its JSON, or the media type where it is no JSON, or nothing. */
type Answer = z.ZodType | `${string}/${string}` | null;

/** A site by its domain, as a request names it. */
export interface NamedSite {
  readonly domain: string;
  /** Where: the field that is wrong if there is no such site. */
  readonly field: string;
}

/** All there is to say of a route but for its method and path, which stand before it: who may, what it takes and answers. */
export interface Declaration {
  readonly tag: Tag;
  readonly permission: Permission;
  /** Where the site stands that the permission is about. Missing, with `sites`: in the path, as `:domain`. */
  readonly site?: 'site_id';
  /** The sites that the permission is about, where what is taken names several. */
  sites?(taken: never): readonly NamedSite[];
  /** Takes turns with the other questions of its caller, and ends when nobody waits for it any more. */
  readonly asks?: true;
  /** Its answers have an entity tag: who has one already is answered 304. */
  readonly tagged?: true;
  /** Takes a token in the address, too, from programs that can send no header. */
  readonly tokenInAddress?: true;
  /** Answers with a table to who accepts `text/csv`. */
  readonly alsoCsv?: true;
  /** What it does: a sentence without a subject. */
  readonly summary: string;
  /** What else whoever calls it must know. */
  readonly note?: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Reads what is taken, where there is more to it than its shape says. */
  parse?(value: unknown): unknown;
  /** By status. Refusals that follow from the rest go without saying. */
  /** What refusals look like, where they do not as everywhere else. */
  readonly refusal?: z.ZodType;
  readonly answers: Refusals & { readonly [status in 200 | 201 | 204]?: Answer };
  /** A call that works; tests make it. Parameters of the path are the test's own. */
  readonly example?: { readonly query?: string; readonly body?: unknown };
}

/** A route of the API in words and shapes: what OpenAPI and the reference are made of. */
export interface Described extends Declaration {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api`, as `/sites/:domain`. */
  readonly path: string;
}

/** What a route answers when all is well, and its status. */
export const successOf = ({ answers }: Declaration): { status: 200 | 201 | 204; answer: Answer } => {
  for (const status of [200, 201, 204] as const) {
    const answer = answers[status];
    if (answer !== undefined) return { status, answer };
  }
  throw new Error('a route answers something when all is well');
};

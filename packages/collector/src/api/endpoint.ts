import type { Context, Hono, MiddlewareHandler } from 'hono';
import type { BlankInput } from 'hono/types';
import { validator } from 'hono/validator';
import type { z } from 'zod';
import type { Caller, Person } from '../accounts/caller.ts';
import { entityTag } from '../http/entity-tag.ts';
import { FieldError } from '../http/field-error.ts';
import { read } from '../http/parse.ts';
import type { Asker, AskerMiddleware } from '../query/admission/asker.ts';
import type { Site } from '../sites/site.ts';
import type { Access } from './access.ts';
import type { Declaration, Described, Permission } from './openapi/described.ts';

/**
 * Declares a route, and keeps what it declares: the middleware lets in who may, reads what is sent, and is found again by
 * {@link describedRoutes}.
 * @example app.get('/sites/:domain/views', endpoint({ permission: 'viewer', … }), (c) => c.json(…))
 */
export type Endpoint = <const D extends Declaration, P extends string>(
  declaration: D,
) => MiddlewareHandler<{ Variables: VariablesOf<D> }, P, InputOf<D>>;

/** What a handler behind it finds in `c.var`. */
type VariablesOf<D extends Declaration> = (D['permission'] extends 'anyone'
  ? object
  : { caller: CallerOf<D['permission']> }) &
  (D extends { sites(taken: never): unknown }
    ? { siteOf: (domain: string) => Site }
    : D['permission'] extends 'viewer' | 'editor' | 'owner'
      ? { site: Site }
      : object) &
  (D extends { asks: true } ? { asker: Asker } : object);

type CallerOf<P extends Permission> = P extends 'person'
  ? Person
  : P extends 'no token'
    ? Exclude<Caller, { kind: 'token' }>
    : Caller;

/** What a client sends, and what a handler finds by `c.req.valid`. What is read by a function of its own is both. */
type InputOf<D extends Declaration> = D extends { parse(value: never): infer T }
  ? ReadAs<D, T, T>
  : D extends { body: infer S extends z.ZodType } | { query: infer S extends z.ZodType }
    ? ReadAs<D, z.input<S>, z.output<S>>
    : BlankInput;

type ReadAs<D extends Declaration, Sent, Read> = D extends { body: z.ZodType }
  ? { in: { json: Sent }; out: { json: Read } }
  : { in: { query: Sent }; out: { query: Read } };

/** What has been declared, by its middleware. */
const declared = new WeakMap<object, Declaration>();

/** @param asking lets questions take turns */
export const createEndpoint =
  (access: Access, asking: AskerMiddleware): Endpoint =>
  (declaration) => {
    const guard = guardOf(declaration, access);
    const turn = declaration.asks === true ? [asking] : [];
    const reader = readerOf(declaration);
    const tag = declaration.tagged === true ? [entityTag] : [];
    // Which site a question is about is known once it was read.
    const isNamed = declaration.site !== undefined || declaration.sites !== undefined;
    const named = declaration.tokenInAddress === true ? [access.addressToken] : [];
    const steps = isNamed ? [access.account, ...turn, ...reader, ...guard] : [...guard, ...turn, ...reader];
    const middleware = inTurn([...named, ...tag, ...steps]);
    declared.set(middleware, declaration);
    return middleware;
  };

const guardOf = (declaration: Declaration, access: Access): MiddlewareHandler[] => {
  const { permission, site, sites, body } = declaration;
  switch (permission) {
    case 'anyone':
      return [];
    case 'account':
      return [access.account];
    case 'person':
      return [access.person];
    case 'no token':
      return [access.notToken];
    case 'operator':
      return [access.operator];
    case 'owner somewhere':
      return [access.somewhere('owner')];
    case 'owner everywhere':
      return [access.everywhere('owner')];
    default: {
      const taken = (c: Context) => takenBy(c, body ? 'json' : 'query');
      if (sites) return [access.sites(permission, (c) => declaration.sites?.(taken(c) as never) ?? [])];
      return [access.site(permission, site && ((c) => taken(c)[site]))];
    }
  }
};

/** What was read of a request whose declaration is not known to the compiler. */
const takenBy = (c: Context, target: 'json' | 'query') => c.req.valid(target as never) as { readonly site_id: string };

const readerOf = (declaration: Declaration): MiddlewareHandler[] => {
  const shape = declaration.body ?? declaration.query;
  const nothingElse = declaration.query === undefined && declaration.permission !== 'anyone' ? [noParameters] : [];
  if (shape === undefined) return nothingElse;
  const readValue = (value: unknown) => (declaration.parse ? declaration.parse(value) : read(shape, value));
  return [
    ...nothingElse,
    validator(declaration.body ? 'json' : 'query', (value: unknown) => readValue(value) as object),
  ];
};

/** What stands in the address of a route that takes nothing there would be ignored. */
const noParameters: MiddlewareHandler = (c, next) => {
  const [name] = Object.keys(c.req.queries());
  if (name !== undefined) throw new FieldError(name, 'must not be given: there is no such parameter', 'unknown_field');
  return next();
};

/** One middleware of several. */
const inTurn =
  (steps: readonly MiddlewareHandler[]): MiddlewareHandler =>
  (c, next) => {
    const from = (at: number): ReturnType<MiddlewareHandler> =>
      steps[at]?.(c, () => from(at + 1) as Promise<void>) ?? next();
    return from(0);
  };

/** The routes of the API that were declared, in their order. */
export const describedRoutes = ({ routes }: Pick<Hono, 'routes'>): Described[] =>
  routes.flatMap(({ method, path, handler }) => {
    const declaration = declared.get(handler);
    if (declaration === undefined) return [];
    return [{ ...declaration, method: method.toLowerCase() as Described['method'], path: path.replace(/^\/api/, '') }];
  });

/** The methods that a path has routes of the API for. */
export const methodsOf = ({ router }: Pick<Hono, 'router'>, path: string): string[] =>
  METHODS.filter((method) => {
    const answering = method === 'HEAD' ? 'GET' : method;
    return router.match(answering, path)[0].some(([[handler]]) => declared.has(handler));
  });

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

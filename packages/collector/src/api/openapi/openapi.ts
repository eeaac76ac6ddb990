import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../../http/error-codes.ts';
import { type Described, type Permission, successOf } from './described.ts';
import { TAGS } from './tags.ts';

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { readonly [name: string]: Json };

/** In words, for the reference and the description of each route. */
export const PERMISSIONS: Readonly<Record<Permission, string>> = {
  anyone: 'Anyone',
  account: 'Anyone signed in, and any token',
  person: 'An account that is signed in; no token',
  'no token': 'An account that is signed in; no token',
  viewer: 'Who may read the site',
  editor: 'Who may change the site: editors and owners, and tokens of the scope write',
  owner: 'Owners of the site',
  'owner somewhere': 'Owners of a site',
  'owner everywhere': 'Owners of everything',
  operator: 'The command line of this collector',
};

/** What every refusal looks like. */
export const refusal = z
  .strictObject({
    error: z.strictObject({
      code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]).describe('Which kind of refusal it is.'),
      field: z.string().describe('What is wrong: a path such as filters[0][1], or request, store.'),
      message: z.string().describe('One sentence.'),
      limit: z
        .number()
        .optional()
        .describe('The least or the most that there may be, where the code says less or more.'),
    }),
  })
  .meta({ id: 'Error' });

/**
 * The OpenAPI document (https://spec.openapis.org/oas/v3.1.1.html) of the API.
 * @param version of Passerby
 * @param server where the API is
 */
export const openApi = (routes: readonly Described[], version: string, server = '/api'): JsonObject => {
  const schemas = new Schemas();
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(route, schemas) };
  }
  const responses = Object.entries(REFUSALS).map(([status, description]) => [
    `Refused${status}`,
    refused(Number(status), description, { schemas }),
  ]);
  return {
    openapi: '3.1.1',
    info: { title: 'Passerby', version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: server }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        addressToken: { type: 'apiKey', in: 'query', name: 'token' },
        session: { type: 'apiKey', in: 'cookie', name: 'passerby' },
      },
      responses: Object.fromEntries(responses),
      schemas: schemas.all,
    },
  };
};

/** The schemas of the document, each under its name. */
class Schemas {
  readonly all: Record<string, Json> = {};

  /**
   * Keeps a shape, and the shapes within it that have names.
   * @param name of one that has none of its own
   * @returns where it is
   */
  refer(shape: z.ZodType, io: 'input' | 'output', name: string): Json {
    const text = JSON.stringify(schemaOf(shape, io)).replaceAll('"#/$defs/', `"${PLACE}`);
    const { $defs = {}, ...schema } = JSON.parse(text) as Record<string, Json>;
    for (const [id, part] of Object.entries($defs as JsonObject)) this.#keep(id, part);
    if ('$ref' in schema) return schema;
    this.#keep(name, schema);
    return { $ref: PLACE + name };
  }

  #keep(name: string, schema: Json): void {
    const before = this.all[name];
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(schema))
      throw new Error(`two shapes of the API are called ${name}`);
    this.all[name] = schema;
  }
}

const PLACE = '#/components/schemas/';

const operationOf = (route: Described, schemas: Schemas): Json => {
  const { tag, summary, note, permission, body, example } = route;
  const id = operationId(route);
  const name = id.replace(/^./, (letter) => letter.toUpperCase());
  return {
    tags: [tag],
    operationId: id,
    summary,
    description: [note, `${PERMISSIONS[permission]}.`].filter((text) => text !== undefined).join(' '),
    security: securityOf(route),
    parameters: [...pathParameters(route.path), ...queryParameters(route)],
    ...(body && {
      requestBody: {
        required: true,
        content: {
          [JSON_TYPE]: { schema: schemas.refer(body, 'input', `${name}Request`), ...exampleOf(example?.body) },
        },
      },
    }),
    responses: { ...answerOf(route, schemas, `${name}Response`), ...unchanged(route), ...refusalsOf(route, schemas) },
  };
};

const securityOf = ({ permission, tokenInAddress }: Described): Json => {
  if (permission === 'anyone') return [];
  if (NO_TOKEN.includes(permission)) return [SESSION];
  return [{ token: [] }, ...(tokenInAddress ? [{ addressToken: [] }] : []), SESSION];
};

const JSON_TYPE = 'application/json';
const SESSION = { session: [] };
const NO_TOKEN: readonly Permission[] = ['person', 'no token'];

const exampleOf = (example: unknown) => (example === undefined ? {} : { example: example as Json });

/** As `patchSitesDomain`. */
const operationId = ({ method, path }: Pick<Described, 'method' | 'path'>): string =>
  method + path.replace(/[^a-z]+([a-z])?/gi, (_, letter: string | undefined) => (letter ?? '').toUpperCase());

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

const queryParameters = ({ query }: Described): Json[] =>
  Object.entries(query?.shape ?? {}).map(([name, type]) => ({
    name,
    in: 'query',
    required: !type.safeParse(undefined).success,
    schema: schemaOf(type as z.ZodType, 'input'),
  }));

const answerOf = (route: Described, schemas: Schemas, name: string): JsonObject => {
  const { status, answer } = successOf(route);
  if (answer === null) return { [status]: { description: 'Done.' } };
  const content =
    typeof answer === 'string' ? { [answer]: {} } : { [JSON_TYPE]: { schema: schemas.refer(answer, 'output', name) } };
  const csv = route.alsoCsv ? { 'text/csv': {} } : {};
  return { [status]: { description: 'Answered.', content: { ...content, ...csv } } };
};

/** To who says by an entity tag that the answer is there already. */
const unchanged = ({ method, tagged }: Described): JsonObject =>
  tagged === true && method === 'get' ? { 304: { description: 'The answer with this tag is that of now.' } } : {};

/** What is refused, in general. */
const REFUSALS = {
  400: 'The request is wrong: the field says where.',
  401: 'Nobody is signed in, and there is no good token.',
  403: 'The caller may not do this, or a page of another site asks.',
  404: 'There is no such site, or the caller may not view it; or what the path names is not there.',
  409: 'It is changed elsewhere at the same time.',
  413: 'The body is too long.',
  415: 'The body does not say that it is JSON.',
  429: 'Too many requests, or too many at a time.',
  431: 'The headers are too long.',
  500: 'Stored data is damaged, or something went wrong.',
  503: 'The store is away or too busy.',
} as const;

type Status = keyof typeof REFUSALS;

/** The refusals that follow from what a route declares, and those that it declares. */
const refusalsOf = (route: Described, schemas: Schemas): JsonObject => {
  const { method, path, permission, site, sites, asks, query, answers, refusal: shape } = route;
  const isClosed = permission !== 'anyone';
  const changes = method !== 'get';
  const general: readonly (readonly [Status, boolean])[] = [
    // Who is known is told of parameters that there are not.
    [400, isClosed || changes || query !== undefined],
    [401, isClosed],
    [403, isClosed || changes],
    [404, (site ?? sites) !== undefined || path.includes('/:')],
    [409, changes && asks !== true],
    [413, changes],
    [415, changes],
    [429, isClosed],
    [431, true],
    [500, true],
    [503, true],
  ];
  const refusals = general.flatMap(([status, is]) => (is ? [status] : []));
  const own = Object.entries(answers).filter(([status]) => Number(status) >= 400);
  return {
    ...Object.fromEntries(
      refusals.map((status) => [
        status,
        shape
          ? refused(status, REFUSALS[status], { schemas, shape })
          : { $ref: `#/components/responses/Refused${status}` },
      ]),
    ),
    ...Object.fromEntries(
      own.map(([key, text]) => {
        const status = Number(key) as Status;
        const description = refusals.includes(status) ? `${text} ${REFUSALS[status]}` : String(text);
        return [key, refused(status, description, { schemas, shape })];
      }),
    ),
  };
};

/** What a refusal's description refers to. */
interface RefusedShape {
  readonly schemas: Schemas;
  /** Missing: that of all others. */
  readonly shape?: z.ZodType | undefined;
}

const refused = (status: number, description: string, { schemas, shape = refusal }: RefusedShape): Json => ({
  description,
  ...((status === 429 || status === 503) && { headers: { 'Retry-After': RETRY_AFTER } }),
  content: { [JSON_TYPE]: { schema: schemas.refer(shape, 'output', 'Error') } },
});

const RETRY_AFTER = { description: 'Seconds to wait.', schema: { type: 'integer' } };

/** The JSON Schema of a shape. @param io what is sent to us, or what we send */
export const schemaOf = (type: z.ZodType, io: 'input' | 'output'): JsonObject => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return schema as JsonObject;
};

import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../../http/error-codes.ts';
import type { Described, Section, Who } from './described.ts';

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { readonly [name: string]: Json };

/** In words, for the reference and the description of each route. */
export const WHO: Readonly<Record<Who, string>> = {
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
export const refusal = z.strictObject({
  error: z.strictObject({
    code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]).describe('Which kind of refusal it is.'),
    field: z.string().describe('What is wrong: a path such as filters[0][1], or request, store.'),
    message: z.string().describe('One sentence.'),
  }),
});

/**
 * The OpenAPI document (https://spec.openapis.org/oas/v3.1.1.html) of the API.
 * @param version of Passerby
 */
export const openApi = (chapters: readonly Section[], version: string): JsonObject => {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { title, routes } of chapters)
    for (const route of routes) {
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [route.method]: operationOf(route, title) };
    }
  return {
    openapi: '3.1.1',
    info: { title: 'Passerby', version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/api' }],
    tags: chapters.map(({ title, text }) => ({ name: title, description: text })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'passerby' },
      },
      responses: {
        Refused: { description: 'Refused, and why.', content: jsonOf(refusal, 'output') },
      },
    },
  };
};

const operationOf = ({ summary, note, who, ...route }: Described, tag: string): Json => ({
  tags: [tag],
  operationId: operationId(route),
  summary,
  description: [note, `${WHO[who]}.`].filter((text) => text !== undefined).join(' '),
  ...(who === 'anyone'
    ? {}
    : { security: NO_TOKEN.includes(who) ? [{ session: [] }] : [{ token: [] }, { session: [] }] }),
  parameters: [...pathParameters(route.path), ...queryParameters(route.query)],
  ...(route.body ? { requestBody: { required: true, content: bodyOf(route.body, route.example?.body) } } : {}),
  responses: { [String(route.status ?? 200)]: answerOf(route.answer), '4XX': REFUSED, 503: REFUSED },
});

const NO_TOKEN: readonly Who[] = ['person', 'no token'];
const REFUSED = { $ref: '#/components/responses/Refused' };

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

const queryParameters = (query: z.ZodObject | undefined): Json[] =>
  Object.entries(query?.shape ?? {}).map(([name, type]) => ({
    name,
    in: 'query',
    required: !type.safeParse(undefined).success,
    schema: schemaOf(type as z.ZodType, 'input'),
  }));

const bodyOf = (body: z.ZodType, example: unknown): Json => ({
  'application/json': {
    schema: schemaOf(body, 'input'),
    ...(example === undefined ? {} : { example: example as Json }),
  },
});

const answerOf = (answer: Described['answer']): Json => {
  if (answer === undefined) return { description: 'Done.' };
  return {
    description: 'Answered.',
    content: typeof answer === 'string' ? { [answer]: {} } : jsonOf(answer, 'output'),
  };
};

const jsonOf = (type: z.ZodType, io: 'input' | 'output'): JsonObject => ({
  'application/json': { schema: schemaOf(type, io) },
});

/** The JSON Schema of a shape. @param io what is sent to us, or what we send */
export const schemaOf = (type: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return schema as Json;
};

/** `npm run api-docs`: writes the tables of routes into docs/api.md, from what the routes declare. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describedRoutes } from '../packages/collector/src/api/endpoint.ts';
import { type Described, successOf } from '../packages/collector/src/api/openapi/described.ts';
import { type Json, PERMISSIONS, schemaOf } from '../packages/collector/src/api/openapi/openapi.ts';
import { TAGS } from '../packages/collector/src/api/openapi/tags.ts';

export const apiFile = fileURLToPath(new URL('../docs/api.md', import.meta.url));

const PLACE = /(?<=<!-- routes: .*-->\n)[\s\S]*(?=<!-- \/routes -->)/;

/** The document with the tables as they should be. Throws if it has no place for them. */
export const withRoutes = (document: string, routes: readonly Described[]): string => {
  if (!PLACE.test(document))
    throw new Error('docs/api.md has no place between <!-- routes: … --> and <!-- /routes -->');
  const parts = Object.keys(TAGS).map((tag) => `\n### ${tag}\n\n${tableOf(routes.filter((one) => one.tag === tag))}`);
  return document.replace(PLACE, () => `${parts.join('')}\n### Shapes\n\n${shapesOf(routes)}\n`);
};

const tableOf = (routes: readonly Described[]): string =>
  [
    '| route | who | what | takes | answers |',
    '|---|---|---|---|---|',
    ...routes.map((route) => `| ${cellsOf(route).map(cell).join(' | ')} |`),
    '',
  ].join('\n');

const cellsOf = (route: Described): string[] => {
  const { method, path, permission, summary, note, query, body, answers } = route;
  const { status, answer } = successOf(route);
  const taken = body ?? query;
  const refusals = Object.entries(answers).filter(([at]) => Number(at) >= 400);
  return [
    `\`${method.toUpperCase()} /api${path}\``,
    PERMISSIONS[permission],
    [summary, note]
      .map((text) => text?.replace(/\.?$/, '.'))
      .join(' ')
      .trim(),
    taken === undefined ? '' : code(`${query ? '?' : ''}${brief(schemaOf(taken, 'input'))}`),
    [
      `${status}${answer === null ? '' : ` ${code(typeof answer === 'string' ? answer : brief(schemaOf(answer, 'output')))}`}`,
      ...refusals.map(([at, text]) => `${at}: ${text}`),
    ].join('<br>'),
  ];
};

const code = (text: string): string => `\`${text}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The shapes with names that requests and answers have parts of. */
const shapesOf = (routes: readonly Described[]): string => {
  const named = new Map<string, string>();
  const schemas = routes.flatMap((route) => {
    const { body } = route;
    const { answer } = successOf(route);
    return [
      ...(body === undefined ? [] : [schemaOf(body, 'input')]),
      ...(answer === null || typeof answer === 'string' ? [] : [schemaOf(answer, 'output')]),
    ];
  });
  for (const { $defs = {} } of schemas as { readonly $defs?: Readonly<Record<string, Json>> }[])
    for (const [name, schema] of Object.entries($defs)) named.set(name, brief(schema));
  const rows = [...named]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, text]) => `| ${name} | ${cell(code(text))} |`);
  return ['| shape | fields |', '|---|---|', ...rows].join('\n');
};

/** A JSON Schema in a line: the names in it, and where there are several of something. */
const brief = (schema: Json): string => {
  const { $ref, items, properties, required, anyOf, oneOf, enum: values, type } = schema as Schema;
  if ($ref !== undefined) return $ref.split('/').pop() ?? '';
  if (properties !== undefined) return fieldsOf(properties, required ?? []);
  if (items !== undefined) return listOf(brief(items));
  if (values !== undefined) return values.length > MOST_VALUES ? 'string' : oneOfThem(values.map((one) => `'${one}'`));
  const several = anyOf?.map(brief) ?? oneOf?.map(brief) ?? [type ?? 'any'].flat();
  return oneOfThem(several);
};

/** A longer list of words is in the reference. */
const MOST_VALUES = 5;

const oneOfThem = (texts: readonly string[]): string => [...new Set(texts)].join(' | ');
const listOf = (text: string): string => (text.includes(' | ') && !text.startsWith('{') ? `(${text})[]` : `${text}[]`);

/** What is looked at of a JSON Schema. */
interface Schema {
  readonly $ref?: string;
  readonly items?: Json;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Json[];
  readonly oneOf?: readonly Json[];
  readonly enum?: readonly string[];
  readonly type?: string | readonly string[];
}

const fieldsOf = (properties: Readonly<Record<string, Json>>, required: readonly string[]): string => {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const value = brief(schema);
    return `${name}${required.includes(name) ? '' : '?'}${/^[a-z]+$/.test(value) ? '' : `: ${value}`}`;
  });
  return `{ ${fields.join(', ')} }`;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Which routes there are is known once they are built, which a collector of the tests does.
  const { startTestCollector } = await import('../test/support/test-collector.ts');
  const collector = await startTestCollector();
  writeFileSync(apiFile, withRoutes(readFileSync(apiFile, 'utf8'), describedRoutes(collector.collector.app)));
  await collector.stop();
}

import type { Hono } from 'hono';
import { describedRoutes } from '../../packages/collector/src/api/endpoint.ts';
import { type Described, successOf } from '../../packages/collector/src/api/openapi/described.ts';
import { openApi } from '../../packages/collector/src/api/openapi/openapi.ts';

/** Looks whether an answer of the API is as its route declares: its status, and what is in it. Throws if it is not. */
export type CheckAnswer = (method: string, path: string, response: Response) => Promise<void>;

type Documented = Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>;

/** For answers of this app. */
export const createCheckAnswer = (app: Hono): CheckAnswer => {
  const described = describedRoutes(app);
  const paths = openApi(described, 'test').paths as unknown as Documented;
  const routes = described.map((route) => {
    const documented = paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method];
    const statuses = Object.keys(documented?.responses ?? {}).map(Number);
    return { route, statuses, pattern: new RegExp(`^/api${route.path.replace(/:\w+/g, '[^/]+')}$`) };
  });
  return async (method, path, response) => {
    const pathname = path.replace(/\?.*$/, '');
    const found = routes.find(({ route, pattern }) => route.method === method.toLowerCase() && pattern.test(pathname));
    if (found === undefined) return;
    const { route, statuses } = found;
    const name = `${route.method.toUpperCase()} ${route.path}`;
    if (!statuses.includes(response.status))
      throw new Error(`${name} does not declare that it answers ${response.status}`);
    if (response.ok) await checkBody(name, route, response);
  };
};

const checkBody = async (name: string, route: Described, response: Response): Promise<void> => {
  const { status, answer } = successOf(route);
  if (response.status !== status) throw new Error(`${name} answers ${response.status}, not ${status}`);
  const type = response.headers.get('content-type') ?? '';
  if (route.alsoCsv && type.includes('text/csv')) return;
  if (typeof answer === 'string') {
    // What is in it may be long, and is the test's own to read.
    if (!type.includes(answer)) throw new Error(`${name} answers ${type}, not ${answer}`);
    return;
  }
  const text = await response.clone().text();
  if (answer === null) {
    if (text !== '') throw new Error(`${name} answers something, and declares nothing`);
    return;
  }
  const { error } = answer.safeParse(JSON.parse(text));
  if (error !== undefined) throw new Error(`${name} answers what it does not declare: ${error.message}`);
};

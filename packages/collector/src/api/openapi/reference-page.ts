import { html, raw } from 'hono/html';
import { ERROR_CODES } from '../../http/error-codes.ts';
import { type Described, successOf } from './described.ts';
import { type Json, PERMISSIONS, schemaOf } from './openapi.ts';
import { TAGS } from './tags.ts';

type Html = ReturnType<typeof html>;

/**
 * The reference as a page: the same as the OpenAPI document, to be read. It needs nothing but its style sheet.
 * @param base path below which the collector is
 */
export const referencePage = (routes: readonly Described[], version: string, base: string): Html => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Passerby ${version}: the API</title>
    <link rel="stylesheet" href="${base}/api/reference.css" />
  </head>
  <body>
    <nav aria-label="Chapters">
      <strong>Passerby ${version}</strong>
      ${Object.keys(TAGS).map((title) => html`<a href="#${anchor(title)}">${title}</a>`)}
      <a href="${base}/api/openapi.json">OpenAPI</a>
    </nav>
    <main>
      <h1>The API</h1>
      <p>
        Everything is JSON over HTTP. Send a token as <code>Authorization: Bearer psb_…</code>; make one under “Account” in
        the dashboard, or with <code>passerby token create</code>. What is refused says which field is wrong and why:
      </p>
      ${json({ error: { code: 'invalid', field: 'filters[0][1]', message: 'must be one of …' } })}
      <p>
        400 is a wrong request, 401 a stranger, 403 somebody who may not, 404 nothing there, 409 a conflict, 429 too many
        requests (a token has 600 a minute and an account 3,000; 40 and 100 questions at a time), 503 a store that is away
        or too busy; the last two say when to try again in
        <code>Retry-After</code>. The code tells kinds of refusals apart, for programs; the sentence may be worded anew:
      </p>
      <details>
        <summary>Codes</summary>
        <dl>
          ${Object.entries(ERROR_CODES).map(([code, meaning]) => html`<dt><code>${code}</code></dt><dd>${meaning}</dd>`)}
        </dl>
      </details>
      ${Object.entries(TAGS).map(([title, text]) =>
        chapterOf(
          title,
          text,
          routes.filter(({ tag }) => tag === title),
        ),
      )}
    </main>
  </body>
</html>`;

const anchor = (title: string): string => title.toLowerCase().replace(/\W+/g, '-');

const chapterOf = (title: string, text: string, routes: readonly Described[]): Html => html`
  <section>
    <h2 id="${anchor(title)}">${title}</h2>
    <p>${text}</p>
    ${routes.map(routeOf)}
  </section>`;

const routeOf = (route: Described): Html => {
  const { method, path, permission, summary, note, query, body, example } = route;
  const { status, answer } = successOf(route);
  return html`
    <article>
      <h3><code><b>${method.toUpperCase()}</b> /api${path}</code></h3>
      <p>${summary}. ${note ?? ''}</p>
      <p class="who">${PERMISSIONS[permission]}.</p>
      ${example === undefined ? '' : html`<pre><code>${curl(route)}</code></pre>`}
      ${query ? fields('Parameters', schemaOf(query, 'input')) : ''}
      ${body ? fields('Body', schemaOf(body, 'input')) : ''}
      ${
        answer === null
          ? html`<p>Answers ${status}.</p>`
          : typeof answer === 'string'
            ? html`<p>Answers ${status} with <code>${answer}</code>.</p>`
            : fields(`Answer ${status}`, schemaOf(answer, 'output'))
      }
    </article>`;
};

/** A call for a terminal. */
const curl = ({ method, path, example = {} }: Described): string => {
  const query = example.query ? `?${example.query}` : '';
  const address = `"$PASSERBY/api${path.replace(':domain', 'example.com').replace(':id', '$ID')}${query}"`;
  const parts = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}${address}`,
    '-H "Authorization: Bearer $TOKEN"',
    ...(example.body === undefined
      ? []
      : ['-H "Content-Type: application/json"', `-d '${JSON.stringify(example.body)}'`]),
  ];
  return parts.join(' \\\n  ');
};

const json = (value: Json): Html => html`<pre><code>${JSON.stringify(value, null, 2)}</code></pre>`;

const fields = (title: string, schema: Json): Html => html`
  <details>
    <summary>${title}</summary>
    ${json(schema)}
  </details>`;

/** The style sheet of the page: light and dark, no font of its own. */
export const REFERENCE_STYLE =
  raw(`:root { color-scheme: light dark; font: 15px/1.55 system-ui, sans-serif; --line: light-dark(#d9dce1, #3a3f47); --soft: light-dark(#f5f6f8, #1d2025); --muted: light-dark(#5a616b, #a3aab5); }
body { margin: 0; background: light-dark(#fff, #15171b); color: light-dark(#1c2026, #e6e9ed); }
nav { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: 4px 20px; padding: 12px 24px; background: inherit; border-bottom: 1px solid var(--line); }
main { max-width: 860px; margin: 0 auto; padding: 8px 24px 80px; }
a { color: light-dark(#1f5fbf, #8ab8ff); }
h2 { margin-top: 48px; scroll-margin-top: 64px; }
article { border-top: 1px solid var(--line); padding: 8px 0 16px; }
h3 { font-size: 15px; margin-bottom: 4px; overflow-wrap: anywhere; }
h3 code { font-weight: 400; }
p { margin: 6px 0; }
.who { color: var(--muted); }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 8px; padding: 12px; overflow-x: auto; }
summary { cursor: pointer; padding: 4px 0; }
`);

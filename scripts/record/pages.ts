import { OWNER_TOKEN } from './answers.ts';
import { type Ask, linesOf, requestOf } from './ask.ts';
import type { Recording } from './recording.ts';

const PAGES = [
  '/',
  '/login',
  '/sites/blog.example',
  '/demo/',
  '/demo/about.html',
  '/demo/app/some/where',
  '/demo/none',
  '/api/x',
];
const FILES = [
  '/p.js',
  '/p.full.js',
  '/p.0.1.0.js',
  '/p.full.0.1.0.js',
  '/p.9.9.9.js',
  '/demo/demo.js',
  '/demo/recipe.pdf',
];
const PROBES = ['/healthz', '/readyz', '/metrics', '/none', '//', '/..%2f..%2fetc%2fpasswd', '/%ff'];

const REQUESTS = [
  ...PAGES.flatMap((path) =>
    ['', ' | x-forwarded-proto: https'].map((https) => `GET ${path} | accept: text/html,*/*${https}`),
  ),
  ...FILES.flatMap((path) =>
    ['br', 'gzip', 'identity'].map((encoding) => `GET ${path} | accept-encoding: ${encoding}`),
  ),
  ...PROBES.flatMap((path) => ['GET', 'HEAD', 'POST', 'OPTIONS', 'TRACE'].map((method) => `${method} ${path}`)),
];

/** Asks for pages, scripts, probes and what is not there. */
export const askPages = async (ask: Ask): Promise<void> => {
  for (const line of REQUESTS)
    await ask('pages.txt', { ...requestOf(line), by: line.split(' | ').slice(1).join(', ') });
  const { headers } = await ask(null, { path: '/p.js' });
  await ask('pages.txt', { path: '/p.js', by: 'who has it', headers: { 'if-none-match': String(headers.etag) } });
};

/** Of what time, sockets or the moment of a tick move. */
const MOVING =
  /^(passerby_(?:spool_(?:rows|bytes|behind_seconds)|rows_stored_total|connections|requests_under_way)) .*/;

/** Records the metrics: all of their names and help, and what does not move. Those of Node itself come and go. */
export const askMetrics = async (ask: Ask, recording: Recording): Promise<void> => {
  const headers = { authorization: `Bearer ${OWNER_TOKEN}` };
  const answer = await ask(null, { path: '/metrics', headers });
  const lines = linesOf(answer.body.toString()).map((line) =>
    /^(?:nodejs|process)_/.test(line) ? line.replace(/[\s{].*/, '') : line.replace(MOVING, '$1 <n>'),
  );
  recording.add('metrics.txt', [answer.status, answer.headers['content-type'], ...new Set(lines)].join('\n'));
};

/**
 * `npm run bench:lighthouse -- --form desktop`: what Lighthouse says of the dashboard's screens, as it was built. Lighthouse
 * is fetched by npx: with everything that it brings it would be a third of all that an installation downloads.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { findBrowser } from '../test/support/browser.ts';
import { serveCollector } from '../test/support/served-collector.ts';
import type { TestCollector } from '../test/support/test-collector.ts';

const LIGHTHOUSE = 'lighthouse@12.8.2';
const DOMAIN = 'shop.example';
const SCREENS = { statistics: `/sites/${DOMAIN}`, sites: '/', settings: `/sites/${DOMAIN}/settings` };
/** Of 100. */
const NEEDED = { performance: 95, accessibility: 100 };
const VISITS = 400;

const { values } = parseArgs({ options: { form: { type: 'string', default: 'mobile' } } });
const run = promisify(execFile);

/** A site with some visits to a dozen pages. */
const fill = async ({ api, send, flush }: TestCollector): Promise<void> => {
  await api('POST', '/api/sites', { domain: DOMAIN });
  for (let visit = 0; visit < VISITS; visit++)
    await send(
      { s: DOMAIN, u: `https://${DOMAIN}/page-${visit % 12}`, w: 'l', i: [{ k: 'view' }] },
      { address: `81.2.${69 + (visit % 4)}.${visit % 250}` },
    );
  await flush();
};

const signIn = async ({ request, collector }: TestCollector): Promise<string> => {
  const owner = { email: 'owner@shop.example', password: 'a long enough password' };
  const answer = await request('/api/setup', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: collector.accounts.setupToken, ...owner }),
  });
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
};

interface Category {
  readonly score: number | null;
  readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
}

interface Report {
  readonly categories: Readonly<Record<string, Category>>;
  readonly audits: Readonly<Record<string, { readonly displayValue?: string; readonly score: number | null }>>;
}

const served = await serveCollector();
await fill(served.collector);
const cookie = await signIn(served.collector);
const folder = mkdtempSync(join(tmpdir(), 'passerby-lighthouse-'));
const env = { ...process.env, CHROME_PATH: await findBrowser() };

/** Asks Lighthouse about a screen; true if it is as good as it has to be. */
const ask = async (name: string, path: string): Promise<boolean> => {
  const file = join(folder, `${name}.json`);
  const args = [
    '--yes',
    LIGHTHOUSE,
    served.url + path,
    '--quiet',
    '--output=json',
    `--output-path=${file}`,
    '--only-categories=performance,accessibility',
    '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
    `--extra-headers=${JSON.stringify({ cookie })}`,
    ...(values.form === 'desktop' ? ['--preset=desktop'] : []),
  ];
  await run('npx', args, { env });
  const { categories, audits } = JSON.parse(readFileSync(file, 'utf8')) as Report;
  const score = (category: string): number => Math.round((categories[category]?.score ?? 0) * 100);
  const times = [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'cumulative-layout-shift',
  ];
  const shown = times.map(
    (audit) => `${audit.replace(/[^-]+-?/g, (word) => word[0] ?? '')} ${audits[audit]?.displayValue}`,
  );
  const scores = Object.keys(NEEDED).map((category) => `${category} ${score(category)}`);
  process.stdout.write(`${name.padEnd(12)}${[...scores, ...shown].join('  ')}\n`);
  const failed =
    categories.accessibility?.auditRefs.filter(({ id, weight }) => weight > 0 && audits[id]?.score === 0) ?? [];
  if (failed.length > 0) process.stdout.write(`${''.padEnd(12)}${failed.map(({ id }) => id).join(', ')}\n`);
  return Object.entries(NEEDED).every(([category, needed]) => score(category) >= needed);
};

let isGood = true;
for (const [name, path] of Object.entries(SCREENS)) isGood = (await ask(name, path)) && isGood;
rmSync(folder, { recursive: true });
await served.stop();
process.exitCode = isGood ? 0 : 1;

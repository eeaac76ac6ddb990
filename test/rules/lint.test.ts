import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { path: folder, remove } = temporaryFolder();
afterAll(remove);

const COLLECTOR = 'packages/collector/src';
const CLOCK = 'plugin';
const ENVIRONMENT = 'lint/style/noProcessEnv';

/** A file, what it says, and the rule that is broken by it. */
const CASES: readonly (readonly [path: string, code: string, broken: string | null])[] = [
  [`${COLLECTOR}/ingest/a.ts`, 'export const x = Date.now();', CLOCK],
  [`${COLLECTOR}/ingest/b.ts`, 'export const x = Date.now;', CLOCK],
  [`${COLLECTOR}/query/stats/c.ts`, 'export const x = new Date();', CLOCK],
  [`${COLLECTOR}/query/stats/d.ts`, 'export const x = new Date(5);', null],
  [`${COLLECTOR}/store/e.ts`, 'export const x = Math.random();', CLOCK],
  [`${COLLECTOR}/store/f.ts`, 'export const x = performance.now();', CLOCK],
  [`${COLLECTOR}/sites/g.ts`, 'export const x = crypto.randomUUID();', CLOCK],
  [`${COLLECTOR}/sites/h.ts`, "import { randomUUID } from 'node:crypto';\nexport const x = randomUUID;", CLOCK],
  [`${COLLECTOR}/accounts/i.ts`, "import { randomBytes } from 'node:crypto';\nexport const x = randomBytes(4);", CLOCK],
  [`${COLLECTOR}/sites/i.test.ts`, 'export const x = Date.now();', null],
  [`${COLLECTOR}/cli/j.ts`, 'export const x = Date.now();', null],
  [`${COLLECTOR}/lib/system.ts`, 'export const x = Date.now();', null],
  ['packages/dashboard/src/k.ts', 'export const x = Date.now();', null],
  [`${COLLECTOR}/config/l.ts`, 'export const x = process.env.PORT;', ENVIRONMENT],
  [`${COLLECTOR}/cli/m.ts`, 'export const x = process.env.PORT;', ENVIRONMENT],
  [`${COLLECTOR}/main.ts`, 'export const x = process.env.PORT;', null],
  ['packages/sdk/src/n.ts', 'export const x = process.env.PORT;', ENVIRONMENT],
  [`${COLLECTOR}/sites/o.ts`, "export const x = fetch('https://example.com/');", 'lint/style/noRestrictedGlobals'],
  [
    `${COLLECTOR}/sites/p.ts`,
    "import { get } from 'node:https';\nexport const x = get;",
    'lint/style/noRestrictedImports',
  ],
];

let report: { readonly diagnostics: readonly { readonly category: string; readonly location: { path: string } }[] };
beforeAll(async () => {
  for (const path of ['biome.json', '.gitignore', 'scripts/lint'])
    cpSync(join(root, path), join(folder, path), { recursive: true });
  for (const [path, code] of CASES) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${code}\n`);
  }
  const bin = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [bin, 'lint', '--reporter=json', '--max-diagnostics=none', 'packages'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(
    (failure: { stdout: string }) => failure,
  );
  report = JSON.parse(stdout);
});

test.each(CASES)('%s: %s', (path, _code, broken) => {
  const own = report.diagnostics.filter(({ location }) => location.path === path).map(({ category }) => category);
  expect([...new Set(own)]).toEqual(broken === null ? [] : [broken]);
});

import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { path: folder, remove } = temporaryFolder();
afterAll(remove);

const COLLECTOR = 'packages/collector/src';

/** A file and what it imports; how; and the rules that are broken by it. */
type Case = readonly [from: string, to: string, how: 'types' | 'values', broken: readonly string[]];

const CASES: readonly Case[] = [
  [`${COLLECTOR}/lib/a.ts`, `${COLLECTOR}/store/store.ts`, 'types', ['collector-lib']],
  [`${COLLECTOR}/store/b.ts`, `${COLLECTOR}/query/stats/plan.ts`, 'types', ['collector-store']],
  [`${COLLECTOR}/sites/purge/c.ts`, `${COLLECTOR}/ingest/hit.ts`, 'values', ['collector-sites']],
  [`${COLLECTOR}/ingest/limits/d.ts`, `${COLLECTOR}/query/stats/query.ts`, 'types', ['collector-ingest']],
  [`${COLLECTOR}/query/admission/e.ts`, `${COLLECTOR}/ingest/hit.ts`, 'values', ['collector-query']],
  [`${COLLECTOR}/server/f.ts`, `${COLLECTOR}/ingest/hit.ts`, 'types', ['collector-server']],
  [`${COLLECTOR}/api/g.ts`, `${COLLECTOR}/backup/backup.ts`, 'values', ['collector-api-types']],
  [`${COLLECTOR}/api/h.ts`, `${COLLECTOR}/backup/backup.ts`, 'types', []],
  [`${COLLECTOR}/cli/i.ts`, `${COLLECTOR}/collector.ts`, 'values', []],
  [`${COLLECTOR}/lib/j.test.ts`, `${COLLECTOR}/store/store.ts`, 'values', []],
  [`${COLLECTOR}/store/k.ts`, 'packages/sdk/src/wire.ts', 'types', []],
  [`${COLLECTOR}/store/l.ts`, 'packages/sdk/src/wire.ts', 'values', ['collector-takes-types-of-the-wire']],
  [`${COLLECTOR}/store/m.ts`, 'packages/sdk/src/send.ts', 'types', ['collector-takes-the-wire']],
  [`${COLLECTOR}/store/n.ts`, 'test/support/clock.ts', 'values', ['products-import-no-tests']],
  ['packages/sdk/src/o.ts', `${COLLECTOR}/ingest/drop.ts`, 'types', ['sdk-imports-nothing']],
  ['packages/sdk/src/p.ts', 'node:path', 'values', ['sdk-imports-nothing']],
  ['packages/dashboard/src/q.ts', `${COLLECTOR}/ingest/drop.ts`, 'types', []],
  ['packages/dashboard/src/r.ts', `${COLLECTOR}/ingest/drop.ts`, 'values', ['dashboard-takes-types']],
  ['packages/dashboard/src/v.ts', `${COLLECTOR}/lib/csv.ts`, 'values', []],
  [`${COLLECTOR}/accounts/role.ts`, `${COLLECTOR}/lib/hmac.ts`, 'values', ['shared-imports-nothing']],
  ['packages/dashboard/src/s.ts', 'packages/dashboard/src/nowhere.ts', 'values', ['not-found']],
  // Each the other way round, too.
  [`${COLLECTOR}/query/stats/t.ts`, `${COLLECTOR}/query/stats/plan.ts`, 'types', ['collector-no-circle']],
  ['packages/dashboard/src/u.ts', 'packages/dashboard/src/route.ts', 'values', ['no-circle']],
];

/** What the other end of a case has in it. */
const ENDS: Readonly<Record<string, string>> = {
  [`${COLLECTOR}/query/stats/plan.ts`]: "import type { x } from './t.ts';\nexport const y: typeof x = 1;\n",
  'packages/dashboard/src/route.ts': "import { x } from './u.ts';\nexport const y = x;\n",
};

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
  /** The files of a circle, which is told of one of them. */
  readonly cycle?: readonly { readonly name: string }[];
}

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

const specifier = (from: string, to: string): string =>
  to.startsWith('node:') ? to : relative(dirname(from), to).replace(/^(?!\.)/, './');

let violations: readonly Violation[];
beforeAll(async () => {
  for (const [from, to, how] of CASES) {
    const what = how === 'types' ? 'type { y }' : '{ y }';
    write(from, `import ${what} from '${specifier(from, to)}';\nexport const x: typeof y | 1 = 1;\n`);
    if (!to.startsWith('node:') && !to.includes('nowhere')) write(to, ENDS[to] ?? 'export const y = 1;\n');
  }
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [bin, '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', 'packages'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(
    // It exits with the number of what it found.
    (failure: { stdout: string }) => failure,
  );
  violations = JSON.parse(stdout).summary.violations;
});

test.each(CASES)('%s importing %s (%s) breaks %j', (from, _to, _how, broken) => {
  const own = violations.filter((one) => one.from === from || one.cycle?.some(({ name }) => name === from));
  expect(own.map(({ rule }) => rule.name)).toEqual(broken);
});

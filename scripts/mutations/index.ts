/**
 * `npm run test:mutations`: whether the tests notice what they are there for. Small faults are put into a copy of the
 * sources, one at a time, and the tests named for it are run there; each must fail one of them. Not a part of `npm test`:
 * it takes minutes. `npm run test:mutations -- scrub` tries those whose file has that in its path, and `-- counting` those
 * that the model of docs/counting.md must notice.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copySources } from './copy.ts';
import { GROUPS } from './groups.ts';
import type { Mutation } from './mutation.ts';

/** Copies in which a mutation is tried at the same time. */
const LANES = 2;
/** For the tests of a mutation, which may make them wait for what never comes; and for all of them. In milliseconds. */
const PATIENCE_MS = { one: 120_000, all: 600_000 };

/** What became of a mutation. Only the first one is as it should be. */
type Verdict = 'killed' | 'survived' | 'does not apply' | 'no test ran' | 'takes too long';

/** What Vitest reports, as far as it matters here. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** No test failed, and every file could be loaded. */
  readonly success: boolean;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly failureMessages?: readonly string[] }[];
  }[];
}

/** Process groups of the tests that are running. */
const running = new Set<number>();

/** Runs test files in a copy. */
const runTests = async (
  copy: string,
  files: readonly string[],
  patience: number,
  more: readonly string[] = [],
): Promise<Report | 'takes too long' | 'no test ran'> => {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', ...files, ...more, '--reporter=json', `--outputFile=${report}`];
  const child = spawn(process.execPath, args, { cwd: copy, stdio: 'ignore', detached: true });
  // A group of its own, to be ended with whatever the tests have started.
  const group = -(child.pid ?? 0);
  running.add(group);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    process.kill(group, 'SIGKILL');
  }, patience);
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  running.delete(group);
  if (isLate) return 'takes too long';
  return existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : 'no test ran';
};

const failuresOf = ({ testResults }: Report): string[] =>
  testResults.flatMap(({ message, assertionResults }) => [
    message,
    ...assertionResults.flatMap(({ fullName, failureMessages = [] }) =>
      failureMessages.map((text) => `${fullName}: ${text}`),
    ),
  ]);

const tried = async (copy: string, { file, text, replacement, tests }: Mutation): Promise<Verdict> => {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  const [before, after, ...others] = source.split(text);
  if (before === undefined || after === undefined || others.length > 0) return 'does not apply';
  writeFileSync(path, before + replacement + after);
  try {
    const run = await runTests(copy, tests, PATIENCE_MS.one, ['--bail=1']);
    if (typeof run === 'string') return run;
    if (run.numFailedTests > 0) return 'killed';
    // A file that does not even load proves nothing.
    return run.success ? 'survived' : 'no test ran';
  } finally {
    writeFileSync(path, source);
  }
};

const [wanted = ''] = process.argv.slice(2);
const mutations =
  GROUPS[wanted] ?? Object.values(GROUPS).flatMap((group) => group.filter(({ file }) => file.includes(wanted)));
if (mutations.length === 0) throw new Error(`no mutation is of a file with ${wanted} in its path`);
const begun = performance.now();
const copies = Array.from({ length: LANES }, () => copySources(tmpdir()));
const removeCopies = (): void => {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
};
process.once('SIGINT', () => {
  for (const group of running) process.kill(group, 'SIGKILL');
  removeCopies();
  process.exit(130);
});
try {
  const tests = [...new Set(mutations.flatMap(({ tests }) => tests))];
  const whole = await runTests(copies[0] ?? '', tests, PATIENCE_MS.all);
  if (typeof whole === 'string') throw new Error(`without any mutation: ${whole}`);
  if (!whole.success || whole.numPassedTests === 0)
    throw new Error(`the tests fail without any mutation:\n${failuresOf(whole).join('\n')}`);

  const waiting = [...mutations];
  const bad: string[] = [];
  const lane = async (copy: string): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const verdict = await tried(copy, next);
      const line = `${verdict}: ${next.file}: ${next.why}`;
      process.stdout.write(`${line}\n`);
      if (verdict !== 'killed') bad.push(`${line}\n  ${next.text}\n  → ${next.replacement}\n  ${next.tests.join(' ')}`);
    }
  };
  await Promise.all(copies.map(lane));
  const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
  process.stdout.write(`${mutations.length - bad.length} of ${mutations.length} killed in ${minutes} minutes\n`);
  if (bad.length > 0) {
    process.stdout.write(`\n${bad.join('\n')}\n`);
    process.exitCode = 1;
  }
} finally {
  removeCopies();
}

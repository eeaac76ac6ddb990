/**
 * `npm test`: installs, builds, checks types and style, audits the dependencies, sees to a browser, runs all tests, and
 * closes with the count.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from './audit.mjs';
import { build, checkMachine, giveUp, install, pnpm, root, run, say } from './lib.mjs';

const report = join(root, 'node_modules', '.passerby', 'tests.json');

checkMachine();
await install({ examples: true });
const auditing = audit();
await build();
const checked = await pnpm(['run', 'check'], { loud: true });
if (checked.code !== 0) giveUp('Types or style are not clean (see above).');
await seeToBrowser();
rmSync(report, { force: true });
const tested = await run(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { loud: true },
);
if (!existsSync(report)) giveUp('The tests did not run to their end (see above).');
const audited = await auditing;
say(`\n${audited.words}`);
const { passed, failed } = count(JSON.parse(readFileSync(report, 'utf8')));
say(`\n${passed} passed, ${failed} failed`);
process.exit(tested.code === 0 && failed === 0 && passed > 0 && audited.ok ? 0 : 1);

/** A file that failed before its first test counts as one that failed. */
function count({ numPassedTests, numFailedTests, testResults }) {
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

/** Linux on x64 gets a Chromium with the packages; elsewhere Playwright fetches one where none is installed. */
async function seeToBrowser() {
  const script =
    "import('./test/support/browser.ts').then((browser) => browser.findBrowser()).then(() => process.exit(0), () => process.exit(1))";
  const found = await run(process.execPath, ['--import', 'tsx', '--eval', script]);
  if (found.code === 0) return;
  say('No Chromium here: fetching one …');
  const fetched = await pnpm(['--dir', 'test', 'exec', 'playwright-core', 'install', 'chromium'], { loud: true });
  if (fetched.code !== 0) giveUp('No browser could be had: install Chromium, or name one in CHROMIUM_PATH.');
}

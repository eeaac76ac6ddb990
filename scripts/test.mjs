/**
 * `npm test`: installs, builds, sees to a browser, runs all tests while types and style are checked and the dependencies
 * audited, and closes with the longest files and the count. `npm test -- test/journey` does what those tests need, and no
 * more; options go to vitest.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { audit } from './audit.mjs';
import { build, checkMachine, giveUp, install, pnpm, root, run, say } from './lib.mjs';

const report = join(root, 'node_modules', '.passerby', 'tests.json');
const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith('-'));
const isWhole = names.length === 0;

checkMachine();
await install({ examples: isWhole || names.some((name) => name.includes('examples')) });
await Promise.all([build(), seeToBrowser()]);
const beside = isWhole ? [typesAndStyle(), audit()] : [];
const tested = await runTests();
const found = await Promise.all(beside);
if (!existsSync(report)) giveUp('The tests did not run to their end (see above).');
const { passed, failed, longest } = readReport();
say(`\nLongest files, in seconds:\n${longest.join('\n')}\n`);
for (const { words } of found) say(words);
say(`\n${passed} passed, ${failed} failed`);
process.exit(tested.code === 0 && failed === 0 && passed > 0 && found.every(({ ok }) => ok) ? 0 : 1);

function runTests() {
  rmSync(report, { force: true });
  const reporting = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  return run(process.execPath, [vitest, 'run', ...reporting, ...args], { loud: true });
}

/** What is not clean is shown at once: nobody waits for the tests to hear of it. */
async function typesAndStyle() {
  const { code, output } = await pnpm(['run', 'check']);
  if (code === 0) return { ok: true, words: 'Types and style are clean.' };
  say(`\n${output.trim()}\n`);
  return { ok: false, words: 'Types or style are not clean (see above, or `npm run check`).' };
}

/** A file that failed before its first test counts as one that failed. */
function readReport() {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const longest = testResults
    .map(({ name, startTime, endTime }) => ({ file: relative(root, name), seconds: (endTime - startTime) / 1000 }))
    .sort((one, other) => other.seconds - one.seconds)
    .slice(0, 10)
    .map(({ file, seconds }) => `${seconds.toFixed(1).padStart(7)}  ${file}`);
  return { passed: numPassedTests, failed: numFailedTests + broken.length, longest };
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

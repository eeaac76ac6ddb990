/** `npm run test:firefox`: installs, builds, and takes the SDK's journey in the Firefox of this machine, by WebDriver BiDi. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build, checkMachine, giveUp, install, root, run, say } from './lib.mjs';

checkMachine();
await install();
const script = "import('./test/firefox/firefox.ts').then((it) => process.stdout.write(it.findFirefox() ?? ''))";
const { output: firefox } = await run(process.execPath, ['--import', 'tsx', '--eval', script]);
if (firefox === '')
  giveUp('There is no Firefox here: install one (Debian: apt install firefox-esr), or name one in FIREFOX_PATH.');
await build();
say(execFileSync(firefox, ['--version'], { encoding: 'utf8' }).trim());
const { code } = await run(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/firefox/vitest.config.ts'],
  { loud: true },
);
process.exit(code);

/**
 * `npm run test:apps`: installs, builds, and walks through small applications of the frameworks in the Chromium of this
 * machine; options go to vitest (`-- -t Next`). `PASSERBY_SCRIPT` names another script than `packages/sdk/dist/p.js`.
 */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, checkMachine, filesUnder, giveUp, install, installIn, once, root, run } from './lib.mjs';

const APPS = 'test/apps';

/** What builds each one, in a copy of its folder. */
const BUILDS = {
  'react-effect': { from: 'react-router', command: 'vite build --mode effect' },
  'react-element': { from: 'react-router', command: 'vite build --mode element' },
  'react-hash': { from: 'react-router', command: 'vite build --mode hash' },
  'vue-after-each': { from: 'vue-router', command: 'vite build --mode after-each' },
  'vue-before-each': { from: 'vue-router', command: 'vite build --mode before-each' },
  'vue-async': { from: 'vue-router', command: 'vite build --mode async' },
  'next-app': { from: 'next-app', command: 'next build' },
  'next-pages': { from: 'next-pages', command: 'next build' },
  nuxt: { from: 'nuxt', command: 'nuxt generate' },
  sveltekit: { from: 'sveltekit', command: 'vite build' },
  astro: { from: 'astro', command: 'astro build' },
};
const QUIET = { ASTRO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1' };

checkMachine();
await install();
await installIn(APPS, [`${APPS}/package.json`]);
await build();
for (const [name, { from, command }] of Object.entries(BUILDS)) {
  const sources = filesUnder(`${APPS}/${from}`);
  await once(`app-${name}`, [`${APPS}/pnpm-lock.yaml`, ...sources], `Building ${name}`, () => {
    const copy = `${APPS}/dist/${name}`;
    rmSync(join(root, copy), { recursive: true, force: true });
    for (const path of sources) cpSync(join(root, path), join(root, copy, path.slice(`${APPS}/${from}/`.length)));
    const [tool, ...args] = command.split(' ');
    return run(join(root, APPS, 'node_modules/.bin', tool), args, { cwd: join(root, copy), env: QUIET });
  });
}
const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', `${APPS}/vitest.config.ts`];
const { code } = await run(process.execPath, [...vitest, ...process.argv.slice(2)], { loud: true });
if (code !== 0) giveUp('An application is not counted as it should be (see above).');

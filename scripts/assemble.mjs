/**
 * Puts together what the container's image and the npm package hold. The Dockerfile and `npm pack` run it, and so do the
 * tests that start the outcome: nobody else says what belongs into them.
 *
 *     node scripts/assemble.mjs modules TO     TO/engine and TO/modules: the packages that the collector runs with
 *     node scripts/assemble.mjs programs TO    TO/programs: what the build made, and what starts it
 *     node scripts/assemble.mjs package TO     TO: what the build made, for the npm package
 *
 * Each of the first three is laid over `/` of the image. Below `/app`, as in the npm package, it is the repository's own
 * layout: the programs find each other by it, and the packages are linked as the tests have them.
 */
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { giveUp, manifests, pnpm, root } from './lib.mjs';

/** What only compilers and debuggers read, and the country files that are part of another one. */
const UNREAD = /\.(?:map|[cm]?ts)$|-ipv[46]\.mmdb$/;
/** The library alone, which is the half gigabyte: nothing but a new version of it changes what is fetched. */
const isEngine = (name) => name.startsWith('@chdb+lib-');

/** What the build made, and the collector serves, by its paths in the repository. */
const built = () => [
  'packages/collector/demo',
  'packages/collector/dist',
  'packages/dashboard/dist',
  ...readdirSync(join(root, 'packages/sdk/dist'))
    .filter((name) => name.startsWith('p.'))
    .map((name) => `packages/sdk/dist/${name}`),
];

/** What the image has besides, by the paths in the repository and in the image. */
const AROUND = {
  'deploy/container/passerby': 'usr/local/bin/passerby',
  'deploy/container/healthcheck': 'usr/local/bin/healthcheck',
  LICENSE: 'app/LICENSE',
  'packages/collector/package.json': 'app/packages/collector/package.json',
};

/** Installs the collector's packages from the lockfile, in a folder of their own: those of whoever develops here stay. */
const modules = async (to) => {
  const place = join(to, 'install');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests()]) copy(file, join(place, file));
  // Not hoisted: no package reaches one that it does not name.
  const options = ['--prod', '--frozen-lockfile', '--prefer-offline', '--config.hoist=false'];
  const { code, output } = await pnpm(['--dir', place, '--filter', 'passerby', 'install', ...options]);
  if (code !== 0) giveUp(`${output.trim()}\n\nThe packages could not be installed (see above).`);
  prune(place);
  // pnpm's own notes.
  rmSync(join(place, 'node_modules/.pnpm/lock.yaml'));
  move(join(place, 'packages/collector/node_modules'), join(to, 'modules/app/packages/collector/node_modules'));
  const store = 'node_modules/.pnpm';
  for (const name of readdirSync(join(place, store)))
    move(join(place, store, name), join(to, isEngine(name) ? 'engine' : 'modules', 'app', store, name));
  rmSync(place, { recursive: true });
};

/** Takes away what does not run: files that are never read, and the commands of packages. */
const prune = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name === '.bin') rmSync(path, { recursive: true });
    else if (entry.isDirectory()) prune(path);
    else if (entry.isFile() && UNREAD.test(entry.name)) rmSync(path);
  }
};

const programs = (to) => {
  for (const path of built()) copy(path, join(to, 'programs/app', path));
  for (const [from, place] of Object.entries(AROUND)) copy(from, join(to, 'programs', place));
};

const npmPackage = (to) => {
  rmSync(to, { recursive: true, force: true });
  for (const path of [...built(), 'scripts/machine.mjs']) copy(path, join(to, path));
};

const copy = (from, path) =>
  cpSync(join(root, from), path, { recursive: true, filter: (source) => !UNREAD.test(source) });

const move = (from, path) => {
  mkdirSync(dirname(path), { recursive: true });
  renameSync(from, path);
};

const steps = { modules, programs, package: npmPackage };
const [step, to] = process.argv.slice(2);
if (!Object.hasOwn(steps, step) || to === undefined)
  giveUp('Usage: node scripts/assemble.mjs modules|programs|package TO');
await steps[step](to);

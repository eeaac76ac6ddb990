import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkMachine, giveUp } from './machine.mjs';

export { checkMachine, giveUp };

/** The repository's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const stamps = join(root, 'node_modules', '.passerby');
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Prints a line of progress. */
export const say = (text) => process.stdout.write(`${text}\n`);

/** Runs a command, in the repository's folder if no other is named, and shows what it prints if it fails, or as it goes with `loud`. */
export const run = (command, args, { loud = false, env = {}, cwd = root } = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: loud ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });

/** pnpm in the version that package.json names, fetched by npm where it is missing. */
export const pnpm = (args, options) => run('npx', ['--yes', packageManager, ...args], options);

/**
 * Installs from the lockfile unless that was done. Examples have lockfiles of their own, so that none of them changes
 * what Passerby is made of; they are installed for the tests alone.
 */
export const install = async ({ examples = false } = {}) => {
  await installIn('.', manifests());
  for (const folder of examples ? lockedExamples() : []) await installIn(folder, [`${folder}/package.json`]);
};

/** Installs in a folder that has a lockfile of its own. @param inputs its manifests */
export const installIn = (folder, inputs) =>
  once(
    folder === '.' ? 'install' : folder,
    [...['pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((name) => join(folder, name)), ...inputs],
    folder === '.' ? 'Installing packages' : `Installing packages of ${folder}`,
    () => pnpm(['--dir', folder, 'install', '--frozen-lockfile', '--prefer-offline']),
  );

/** Folders of the examples that need packages. */
const lockedExamples = () =>
  readdirSync(join(root, 'examples'))
    .map((name) => `examples/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'pnpm-lock.yaml')));

/** Builds everything unless nothing has changed since. */
export const build = () =>
  once('build', ['pnpm-lock.yaml', 'tsconfig.json', 'scripts/precompress.mjs', ...sources()], 'Building', () =>
    pnpm(['run', 'build']),
  );

const packages = ['packages/sdk', 'packages/collector', 'packages/dashboard'];

/** The manifests that the lockfile is about, as far as they are here: the image is built without those of the tests. */
export const manifests = () =>
  ['.', 'test', 'bench', ...packages]
    .map((folder) => join(folder, 'package.json'))
    .filter((path) => existsSync(join(root, path)));

/** What a build is made from: everything but what it makes. */
const sources = () => packages.flatMap((folder) => filesUnder(folder));

/** What is made or fetched, data, which a collector may be changing, and Git's own. */
const NOT_SOURCES = ['node_modules', 'dist', 'packed', 'data', '.dev', '.git'];

/** The sources below a folder, by their paths in the repository. */
export const filesUnder = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_SOURCES.includes(entry.name)) return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(path) : [path];
  });

/** Does a step when its inputs have changed since it last succeeded. */
export const once = async (name, inputs, label, step) => {
  const stamp = join(stamps, name);
  const print = fingerprint(inputs);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return;
  const began = Date.now();
  process.stdout.write(`${label} … `);
  const { code, output } = await step();
  if (code !== 0) {
    say('failed');
    giveUp(`${output.trim()}\n\n${label} failed (see above).`);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, print);
  say(`done in ${((Date.now() - began) / 1000).toFixed(1)} s`);
};

const fingerprint = (files) => {
  const hash = createHash('sha256').update(process.version);
  for (const file of files.sort()) {
    const { size } = statSync(join(root, file));
    hash.update(`${file} ${size} `).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
};

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '../../test/runner/kinds.ts';

/** Packages of this repository. */
const OWN = '@passerby';

/** Copies the repository's files into a new folder, as they are now, with what is built and installed. @returns the folder */
export const copySources = (parent: string): string => {
  const copy = mkdtempSync(join(parent, 'passerby-mutations-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const file of listed.split('\0').filter((name) => name !== '' && existsSync(join(ROOT, name)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(ROOT, file), join(copy, file));
  }
  const packages = readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}`);
  for (const folder of ['.', 'test', ...packages]) link(join(ROOT, folder), join(copy, folder), copy);
  return copy;
};

/** Links what is built and installed of a package. Its neighbours are those in the copy: they may be what is mutated. */
const link = (folder: string, into: string, copy: string): void => {
  if (existsSync(join(folder, 'dist'))) symlinkSync(join(folder, 'dist'), join(into, 'dist'));
  const installed = join(folder, 'node_modules');
  if (!existsSync(installed)) return;
  mkdirSync(join(into, 'node_modules', OWN), { recursive: true });
  for (const name of readdirSync(installed).filter((name) => name !== OWN && !name.startsWith('.vite')))
    symlinkSync(join(installed, name), join(into, 'node_modules', name));
  if (!existsSync(join(installed, OWN))) return;
  for (const name of readdirSync(join(installed, OWN)))
    symlinkSync(
      join(copy, relative(ROOT, realpathSync(join(installed, OWN, name)))),
      join(into, 'node_modules', OWN, name),
    );
};

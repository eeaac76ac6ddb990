import { execFileSync } from 'node:child_process';
import {
  cpSync,
  type Dirent,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { copies, instructions, ROOT } from './dockerfile.ts';

/** The two images, as the folders that would be their `/`; Debian and Node are this machine's. */
export interface Images {
  readonly full: string;
  readonly slim: string;
  readonly remove: () => void;
}

/**
 * Does what the Dockerfile says, without Docker: copies what it copies and runs what it runs, with the built programs of
 * this repository. In the folder of the packages: there the files of pnpm's store can be linked, on any machine.
 */
export const assembleImages = (): Images => {
  const modules = join(ROOT, 'node_modules/.passerby');
  mkdirSync(modules, { recursive: true });
  const place = mkdtempSync(join(modules, 'image-'));
  const context = join(place, 'context');
  for (const { paths, to } of [...copies('manifests'), ...copies('modules')])
    for (const path of paths) {
      cpSync(join(ROOT, path), join(context, to, basename(path)), { recursive: true });
    }
  runStep('modules', context, join(place, 'modules'));
  runStep('build', ROOT, join(place, 'build'));
  for (const target of ['full', 'slim'])
    for (const {
      from,
      paths: [path = ''],
      to,
    } of copies(target))
      lay(path.replace('/image', join(place, from ?? '')), join(place, target, to));
  return {
    full: join(place, 'full'),
    slim: join(place, 'slim'),
    remove: () => rmSync(place, { recursive: true }),
  };
};

/** Runs the command of a stage that puts files into `/image`, in a folder; they go to another one than `/image`. */
const runStep = (stage: string, cwd: string, to: string): void => {
  const [command] = instructions('RUN', stage)
    .flatMap((rest) => rest.split(' && '))
    .filter((one) => one.includes(' /image'));
  if (command === undefined) throw new Error(`The stage ${stage} of the Dockerfile puts nothing into /image.`);
  execFileSync('sh', ['-c', command.replace('/image', `'${to}'`)], { cwd, stdio: 'pipe' });
};

/** All that lies in a tree. Links are not followed, which `recursive` of Node itself does in some versions. */
export const entriesUnder = (folder: string): { path: string; entry: Dirent }[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return [{ path, entry }, ...(entry.isDirectory() ? entriesUnder(path) : [])];
  });

/** Lays a folder over another one, as COPY does, by links. */
const lay = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, place] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) lay(source, place);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), place);
    else linkSync(source, place);
  }
};

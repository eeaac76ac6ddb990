import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What `pnpm dev` and `pnpm seed` are made of. */
const PARTS = ['package.json', 'tsconfig.json', 'scripts', 'test/support', 'test/package.json', 'packages'];
const WITH_PACKAGES = ['.', 'test', 'packages/collector', 'packages/dashboard', 'packages/sdk'];

/** Copies the repository's source into a folder, with the packages that are installed here: a test may edit it. */
export const copyRepository = (folder: string): void => {
  const isSource = (path: string): boolean => !['node_modules', 'dist'].includes(basename(path));
  for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true, filter: isSource });
  for (const part of WITH_PACKAGES)
    if (existsSync(join(ROOT, part, 'node_modules')))
      symlinkSync(join(ROOT, part, 'node_modules'), join(folder, part, 'node_modules'));
};

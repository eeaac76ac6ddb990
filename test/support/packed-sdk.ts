import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary-folder.ts';

const SDK = fileURLToPath(new URL('../../packages/sdk', import.meta.url));

/**
 * Packs the built SDK as it would be published, and unpacks it below a folder as an installation does.
 * @returns the packed file
 */
export const installPackedSdk = (folder: string): Buffer => {
  const installed = join(folder, 'node_modules/@passerby/sdk');
  const { path: place, remove } = temporaryFolder();
  try {
    execFileSync('npm', ['pack', '--pack-destination', place], { cwd: SDK, stdio: 'pipe' });
    const [name = ''] = readdirSync(place);
    mkdirSync(installed, { recursive: true });
    execFileSync('tar', ['-xzf', join(place, name), '-C', installed, '--strip-components=1']);
    return readFileSync(join(place, name));
  } finally {
    remove();
  }
};

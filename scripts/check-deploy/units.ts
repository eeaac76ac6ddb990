import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DEPLOY = fileURLToPath(new URL('../../deploy', import.meta.url));

/** What systemd says of one of its files; `isSound`: it found nothing wrong. */
export interface Unit {
  readonly name: string;
  readonly isSound: boolean;
  readonly said: string;
}

/**
 * Has systemd read its files of `deploy/`, each of which finds the others, and judge how locked up the services are.
 * @param folder empty, for copies
 */
export const verifyUnits = (folder: string): Unit[] => {
  const names = readdirSync(DEPLOY).filter((name) => /\.(?:service|timer)$/.test(name));
  for (const name of names) copyFileSync(join(DEPLOY, name), join(folder, name));
  return names.map((name) => {
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', join(folder, name)], {
      env: { PATH: process.env.PATH, SYSTEMD_UNIT_PATH: `${folder}:` },
      encoding: 'utf8',
    });
    return { name, isSound: status === 0 && stderr === '', said: stderr || exposureOf(join(folder, name)) };
  });
};

/** From 0 (locked up) to 10. */
const exposureOf = (path: string): string => {
  if (!path.endsWith('.service')) return 'nothing wrong';
  const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', '--no-pager', path], {
    encoding: 'utf8',
  });
  return `nothing wrong, exposure ${/exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]}`;
};

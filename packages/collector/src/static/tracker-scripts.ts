import type { MiddlewareHandler } from 'hono';
import { readFiles, type ServedFile, sendFile } from './static-files.ts';

/** The scripts for pages that `packages/sdk` builds, and what stands behind the stem of their name. */
const SCRIPTS = { 'p.js': [], 'p.full.js': ['full'] } as const;

/** Where a script is, and how it is sent. */
interface TrackerScriptOptions {
  readonly path: string;
  readonly send: MiddlewareHandler;
}

const HOUR_S = 3600;
const FOR_AN_HOUR = `public, max-age=${HOUR_S}`;
/** What has a version in its name stays as it is. */
export const FOR_GOOD = `public, max-age=${365 * 24 * HOUR_S}, immutable`;

/**
 * The scripts at their addresses: `/p.js` and `/p.full.js`, which change with an upgrade, and `/p.0.2.0.js` and
 * `/p.full.0.2.0.js`, which a tag with `integrity` can name.
 * @param scriptPath where the first one is
 * @param folder of the built scripts
 */
export const scriptDoors = (scriptPath: string, folder: string): readonly TrackerScriptOptions[] => {
  const files = readFiles(folder);
  return Object.entries(SCRIPTS).flatMap(([name, variant]) => {
    const file = files.get(name);
    const script = (parts: readonly string[], cache: string): TrackerScriptOptions => ({
      path: pathWith(scriptPath, ...parts),
      send: async (c) => sendFile(c, file, cache),
    });
    const version = versionIn(file);
    return [script(variant, FOR_AN_HOUR), ...(version === null ? [] : [script([...variant, version], FOR_GOOD)])];
  });
};

/**
 * A path with more in the name of its file.
 * @example pathWith('/p.js', 'full') // '/p.full.js'
 */
export const pathWith = (path: string, ...parts: readonly string[]): string => {
  const stem = path.replace(/\.js$/, '');
  return [stem, ...parts].join('.') + path.slice(stem.length);
};

/** The version that a script names in its first line; null: none. */
const versionIn = (file: ServedFile | undefined): string | null => {
  const plain = file?.bodies.find(({ encoding }) => encoding === 'identity');
  const [head = ''] = new TextDecoder().decode(plain?.bytes.subarray(0, 100)).split('\n');
  return /^\/\*! passerby (\d[\w.-]*) /.exec(head)?.[1] ?? null;
};

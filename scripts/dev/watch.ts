import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Editors write a file in several steps, and several files at once. In milliseconds. */
const SETTLE_MS = 30;

/** What does not run. */
const IGNORED = /\.test\.ts$|~$|\.sw[px]$|\/\.[^/]*$/;

/**
 * Calls back with the paths that have changed in a folder and those below, once they lie still. Folders are watched, not
 * files: many editors put a new file in the place of the old one. Node's own `recursive` loses such files on Linux.
 * @returns ends it
 */
export const watchFolder = (root: string, changed: (paths: readonly string[]) => void): (() => void) => {
  const watchers = new Map<string, FSWatcher>();
  const paths = new Set<string>();
  let settling: NodeJS.Timeout | undefined;
  const settled = (): void => {
    const all = [...paths];
    paths.clear();
    changed(all);
  };
  const add = (folder: string): void => {
    if (watchers.has(folder)) return;
    const watcher = watch(folder, (event, name) => {
      const path = join(folder, name ?? '');
      // It may be a new folder.
      if (event === 'rename') addBelow(folder);
      if (IGNORED.test(path)) return;
      paths.add(path);
      clearTimeout(settling);
      settling = setTimeout(settled, SETTLE_MS);
    });
    const forget = (): void => {
      watcher.close();
      watchers.delete(folder);
    };
    // It was deleted.
    watchers.set(folder, watcher.on('error', forget));
  };
  const addBelow = (folder: string): void => {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true }))
        if (entry.isDirectory()) addBelow(join(folder, entry.name));
      add(folder);
    } catch {
      // It has gone meanwhile.
    }
  };
  addBelow(root);
  return () => {
    clearTimeout(settling);
    for (const watcher of watchers.values()) watcher.close();
  };
};

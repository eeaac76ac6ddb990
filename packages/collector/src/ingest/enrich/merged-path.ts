import { pathText } from '../../lib/path-text.ts';
import type { Difference } from '../../sites/rules.ts';

/** What servers send for a folder. */
const INDEX_FILE = /(?<=\/)(?:index|default)\.(?:[sx]?html?|php\d?|[aj]spx?|cgi|cfm|pl)$/i;

/** One path for those that differ in this alone. */
const MERGE: Readonly<Record<Difference, (path: string) => string>> = {
  double_slash: (path) => path.replace(/\/{2,}/g, '/'),
  index_file: (path) => path.replace(INDEX_FILE, ''),
  final_slash: (path) => path.replace(/(?<=[^/!#])\/+$/, ''),
  case: (path) => path.toLowerCase(),
};

/** An index file may have a slash behind it, and leaves one. */
const IN_TURN = ['double_slash', 'final_slash', 'index_file', 'final_slash', 'case'] as const;

/**
 * The path under which a page is counted that has several addresses. Its route, if it has one, has no index file.
 * @param path as `scrubPath` has it
 * @example mergedPath('/Blog/index.html', ['index_file', 'final_slash', 'case']) === '/blog'
 */
export const mergedPath = (path: string, differences: readonly Difference[]): string => {
  if (differences.length === 0) return path;
  const at = path.indexOf('#');
  const [page, route] = at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at)];
  const asked = IN_TURN.filter((one) => differences.includes(one));
  const merge = (text: string, ways: readonly Difference[]): string =>
    ways.reduce((merged, way) => MERGE[way](merged), text);
  return pathText(
    merge(page, asked) +
      merge(
        route,
        asked.filter((one) => one !== 'index_file'),
      ),
  );
};

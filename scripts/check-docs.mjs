/**
 * `node scripts/check-docs.mjs`: ends with 1 if a line of a document is too long to be read beside its change, or if a
 * document names a file or folder that is not here, or if the changelog has two lists of one kind.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesUnder, giveUp, root } from './lib.mjs';

const MOST = 160;
/** A row of a table cannot be broken. */
const isRow = (line) => line.trimStart().startsWith('|');

const files = filesUnder('.').map((path) => path.slice('./'.length));
const lines = files
  .filter((path) => path.endsWith('.md'))
  .flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .map((line, at) => ({ path, line, where: `${path}:${at + 1}` })),
  );

/** Each file and folder by every end of its path: documents leave out the folders that go without saying. */
const known = new Set();
for (const file of files) {
  const parts = file.split('/');
  for (let end = parts.length; end > 0; end--)
    for (let start = 0; start < end; start++) known.add(parts.slice(start, end).join('/'));
}

/** Documents about this repository; others speak of files of the reader's too, or of what was before. */
const ABOUT_US = /^(?:ARCHITECTURE|CONTRIBUTING|SECURITY)\.md$|^docs\/internals\/(?!moved)/;
/** A path of lower-case folders, or a name that only a source has; not `.dev/data`, `DATA_DIR/spool`, `sites.json`. */
const LIKE_A_FILE = /`([a-z][\w.-]*(?:\/[\w.-]+)+\/?|[a-z][\w-]*\/|[\w.-]+\.(?:mjs|tsx?))`/g;
/** Tests are named without their end. */
const isKnown = (name) => ['', '.ts', '.test.ts'].some((end) => known.has(name.replace(/\/$/, '') + end));
const missingFiles = ({ path, line }) =>
  ABOUT_US.test(path) ? [...line.matchAll(LIKE_A_FILE)].map(([, name]) => name).filter((name) => !isKnown(name)) : [];

/** Where a link leads, without `#…`; what leads to other places has a colon. */
const LINK = /\]\(([^):#\s]+)(?:#[^)]*)?\)/g;
const deadLinks = ({ path, line }) =>
  [...line.matchAll(LINK)].map(([, to]) => to).filter((to) => !existsSync(join(root, dirname(path), to)));

/** A version has one list of each kind (https://keepachangelog.com): of two, readers find the first. */
const HEADING = /^## |^### /;
const twice = () => {
  const met = new Set();
  return lines
    .filter(({ path, line }) => path === 'CHANGELOG.md' && HEADING.test(line))
    .filter(({ line }) => {
      if (line.startsWith('## ')) met.clear();
      const isKnownList = met.has(line);
      met.add(line);
      return isKnownList;
    });
};

const faults = lines.flatMap((each) => [
  ...(each.line.length > MOST && !isRow(each.line) ? [`${each.where}: more than ${MOST} characters`] : []),
  ...[...missingFiles(each), ...deadLinks(each)].map((name) => `${each.where}: there is no ${name}`),
]);
faults.push(...twice().map(({ line, where }) => `${where}: its version has another list called ${line}`));
if (faults.length > 0) giveUp(faults.join('\n'));

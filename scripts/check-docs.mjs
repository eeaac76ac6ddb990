/** `node scripts/check-docs.mjs`: ends with 1 if a line of a document is too long to be read beside its change. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, giveUp, root } from './lib.mjs';

const MOST = 160;
/** A row of a table cannot be broken. */
const isRow = (line) => line.trimStart().startsWith('|');

const tooLong = filesUnder('.')
  .filter((path) => path.endsWith('.md'))
  .flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .map((line, at) => ({ line, where: `${path}:${at + 1}` }))
      .filter(({ line }) => line.length > MOST && !isRow(line)),
  );
if (tooLong.length > 0)
  giveUp([`Lines of more than ${MOST} characters:`, ...tooLong.map(({ where }) => `  ${where}`)].join('\n'));

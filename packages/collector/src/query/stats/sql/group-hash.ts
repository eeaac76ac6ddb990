import { crc32 } from 'node:zlib';

/*
 * A page of groups may have ten thousand, of long values: their hashes are of one length and fit into a request. What has
 * the same hash and is not wanted is told by its values in the answer.
 */

const BETWEEN = '/';

/** Hash of a group's values, as the store has them: an hour in Unix seconds. */
export const hashOf = (stored: readonly string[]): number => crc32(stored.join(BETWEEN));

/** The same as SQL, of the expressions of its values. */
export const hashSql = (expressions: readonly string[]): string => {
  const texts = expressions.map((expression) => `toString(${expression})`);
  return `CRC32(${texts.length === 1 ? texts[0] : `concat(${texts.join(`, '${BETWEEN}', `)})`})`;
};

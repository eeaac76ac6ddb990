import { expect, test } from 'vitest';
import { damageOf } from './store-error.ts';

const FILE = '/data/engine/store/792/7925b38a-6981-4581-8157-a4dd5402bb31/2026_1_1_1/data.bin';
const READING = `While reading or decompressing ${FILE} (position: 25, typename: x): (while reading column value)`;
const OF_PART =
  '(while reading from part /data/store/2026_1_1_1/ in table default.sums (7925b38a) located on disk default)';
const SUMS = { table: 'sums', part: '2026_1_1_1' };

test.each([
  ['a checksum', 40, `Checksum doesn't match: corrupted data. ${READING}: ${OF_PART}`, SUMS],
  ['the size of a block', 39, `Too large size_compressed_without_checksum: 4. ${READING}: ${OF_PART}`, SUMS],
  ['a codec', 432, `Unknown codec family code: 7: ${READING}: ${OF_PART}`, SUMS],
  ['a file that ends too early', 33, `Cannot read all data. ${READING}: ${OF_PART}`, SUMS],
  ['an index, which names no table', 40, `Checksum doesn't match: ${READING}.`, { table: '', part: '2026_1_1_1' }],
  ['a part after mutations', 246, OF_PART.replace('1_1_1/', '1_1_1_27/'), { table: 'sums', part: '2026_1_1_1_27' }],
  ['a checksum without a name', 40, "Checksum doesn't match", { table: '', part: '' }],
  [
    'a block of a gigabyte',
    241,
    `would use 1 GiB (attempt to allocate chunk of 1.00 GiB): ${READING}: ${OF_PART}`,
    SUMS,
  ],
  ['a question that needs too much memory', 241, `(attempt to allocate chunk of 4.00 MiB): ${OF_PART}`, null],
  ['a large chunk that is not of a file', 241, '(attempt to allocate chunk of 256.07 MiB): AggregatingTransform', null],
  ['a value that is cut off', 33, 'Cannot read all data: (at row 1)', null],
  ['a question that takes too long', 159, `Timeout exceeded: ${OF_PART}`, null],
  ['too many open files', 76, `Cannot open file ${FILE}, errno: 24`, null],
  ['a syntax error', 62, 'Syntax error', null],
])('%s', (_what, code, detail, damage) => {
  expect(damageOf(code, detail)).toEqual(damage);
});

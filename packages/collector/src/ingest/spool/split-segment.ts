import { join } from 'node:path';
import { type FileSystem, writeWhole } from './file-system.ts';
import { type Closed, type Content, encodeSegment, type SegmentName, segmentFile } from './segment.ts';

/** Names of the two halves of a segment. The second one comes after the first, both at the segment's place. */
export const halvesOf = ({ number, token }: SegmentName): readonly [SegmentName, SegmentName] => [
  { number, token: `${token}.0` },
  { number, token: `${token}.1` },
];

/** True for the token of a half. */
export const isHalf = (token: string): boolean => /\.[01]$/.test(token);

/** Tokens of the segments that a half was cut from, the youngest first; none: it is no half. */
export const wholesOf = (token: string): string[] => {
  const wholes: string[] = [];
  for (let at = token; isHalf(at); ) {
    at = at.slice(0, -2);
    wholes.push(at);
  }
  return wholes;
};

/** Lines as they are in a segment, each with its `\n`. */
export const linesOf = (lines: Buffer): string[] => lines.toString().split(/(?<=\n)/);

/** The same cut on every try: where a half was stored before, it is found again by its token. */
export const cutInHalves = (lines: readonly string[]): readonly [readonly string[], readonly string[]] => {
  const middle = lines.length >> 1;
  return [lines.slice(0, middle), lines.slice(middle)];
};

/**
 * Writes the halves of a segment of two rows or more as files beside it. They are drafts for as long as the segment's own
 * file is there, see {@link SegmentQueue.replace}: a process that dies between finds either the whole or the halves.
 */
export const writeHalves = async (
  files: FileSystem,
  dir: string,
  segment: Closed,
  { columns, lines, ids }: Content,
  fsync: boolean,
): Promise<Closed[]> => {
  const cut = cutInHalves(linesOf(lines));
  const halves: Closed[] = [];
  for (const [index, name] of halvesOf(segment).entries()) {
    const some = cut[index] ?? [];
    // Ids are kept once, with the half that is stored first.
    const bytes = encodeSegment({ columns: columns ?? [], begun: segment.begun }, some, index === 0 ? ids : []);
    await writeWhole(files, join(dir, segmentFile(name)), bytes, fsync);
    halves.push({ ...name, rows: some.length, bytes: bytes.length, begun: segment.begun });
  }
  return halves;
};

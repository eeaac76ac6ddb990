import { crc32 } from 'node:zlib';

/**
 * A frame is what one write adds to a file of the spool:
 *
 *     4 bytes   "\nPS1"
 *     4 bytes   length of the payload, little endian
 *     4 bytes   CRC-32 of the payload (ISO 3309), little endian
 *     payload   a line of JSON, the head; then the lines that it is about, each with "\n" at its end
 *
 * No payload can contain the mark: JSON writes a line feed in a text as `\n`, and no line begins with a P. So frames are
 * found again behind a piece that is damaged.
 */
export interface SpoolFrame {
  /** What the frame says of its lines. */
  readonly head: SpoolFrameHead;
  /** Rows as `JSONCompactEachRow`. */
  readonly lines: Buffer;
}

/** A batch id with its site, and when it arrived in Unix milliseconds. */
export type BatchId = readonly [id: string, at: number];

/** Head of a frame. */
export interface SpoolFrameHead {
  /** Of a segment's first frame: the columns of its rows, in their order. */
  readonly columns?: readonly string[];
  /** Of a segment's first frame: when it was begun, Unix milliseconds. */
  readonly begun?: number;
  /** How many lines follow. */
  readonly rows: number;
  /** Ids of the beacons that the rows came from. */
  readonly ids: readonly BatchId[];
}

const MARK = Buffer.from('\nPS1');
const PREFIX = 12;

/** Puts a frame together. */
export const encodeFrame = (head: SpoolFrameHead, lines: string): Buffer => {
  const payload = `${JSON.stringify(head)}\n${lines}`;
  const length = Buffer.byteLength(payload);
  const bytes = Buffer.allocUnsafe(PREFIX + length);
  MARK.copy(bytes);
  bytes.writeUInt32LE(length, 4);
  bytes.write(payload, PREFIX);
  bytes.writeUInt32LE(crc32(bytes.subarray(PREFIX)), 8);
  return bytes;
};

/** Reads what is whole, in order; `damaged` is what is not. */
export const decodeFrames = (bytes: Buffer): { frames: SpoolFrame[]; damaged: Buffer[] } => {
  const frames: SpoolFrame[] = [];
  const damaged: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const payload = payloadAt(bytes, at);
    if (payload === null) {
      const next = bytes.indexOf(MARK, at + 1);
      const end = next === -1 ? bytes.length : next;
      damaged.push(bytes.subarray(at, end));
      at = end;
    } else {
      frames.push(frameOf(payload));
      at += PREFIX + payload.length;
    }
  }
  return { frames, damaged };
};

const payloadAt = (bytes: Buffer, at: number): Buffer | null => {
  if (at + PREFIX > bytes.length || bytes.compare(MARK, 0, 4, at, at + 4) !== 0) return null;
  const end = at + PREFIX + bytes.readUInt32LE(at + 4);
  if (end > bytes.length) return null;
  const payload = bytes.subarray(at + PREFIX, end);
  return crc32(payload) === bytes.readUInt32LE(at + 8) ? payload : null;
};

const frameOf = (payload: Buffer): SpoolFrame => {
  const end = payload.indexOf('\n');
  return { head: JSON.parse(payload.toString('utf8', 0, end)) as SpoolFrameHead, lines: payload.subarray(end + 1) };
};

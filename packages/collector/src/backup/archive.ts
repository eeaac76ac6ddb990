import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { ExpectedError } from '../lib/expected-error.ts';
import { type ArchiveFrame, type ArchiveFrameHeader, frameHeader } from './archive-frame.ts';

/**
 * The file is these bytes, then frames: two 32-bit lengths, a header in JSON, a body packed with gzip. The first frame is
 * the manifest, the last one has the SHA-256 of everything before it. The number is the version of the format.
 */
const MAGIC = Buffer.from('passerby backup 1\n');
const LENGTHS = 8;
/** No frame that was ever written is longer, in bytes. */
const MOST = { header: 64 * 1024, body: 64 * 1024 * 1024 };
/** Little time for most of the effect: the columns are packed well by nature. */
const GZIP = { level: 3 };

const pack = promisify<Buffer, { level: number }, Buffer>(gzip);
const unpack = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

/** The file is no backup, or not the one that was written; the message says so to whoever names it. */
export class ArchiveError extends ExpectedError {
  override readonly name = 'ArchiveError';
}

/** The bytes of an archive, as its frames come: the manifest, then blocks. */
export const archiveOf = async function* (frames: AsyncIterable<ArchiveFrame>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256').update(MAGIC);
  yield MAGIC;
  for await (const { header, body } of frames) {
    const bytes = encode(header, body.length === 0 ? body : await pack(body, GZIP));
    hash.update(bytes);
    yield bytes;
  }
  yield encode({ kind: 'end' }, hash.digest());
};

const encode = (header: ArchiveFrameHeader, body: Buffer): Buffer => {
  const text = Buffer.from(JSON.stringify(header));
  const lengths = Buffer.alloc(LENGTHS);
  lengths.writeUInt32LE(text.length, 0);
  lengths.writeUInt32LE(body.length, 4);
  return Buffer.concat([lengths, text, body]);
};

/**
 * The frames of an archive, without its end. What comes before a damage is given, and then the error: whoever is not to
 * use half of it reads it all first.
 * @throws ArchiveError
 */
export const readArchive = async function* (path: string): AsyncGenerator<ArchiveFrame> {
  const file = await openFile(path);
  try {
    yield* framesOf(file);
  } finally {
    await file.close();
  }
};

const openFile = async (path: string): Promise<FileHandle> => {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw new ArchiveError(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
};

const framesOf = async function* (file: FileHandle): AsyncGenerator<ArchiveFrame> {
  const hash = createHash('sha256').update(await magicOf(file));
  for (let isFirst = true; ; isFirst = false) {
    const lengths = await take(file, LENGTHS);
    const [header, body] = [lengths.readUInt32LE(0), lengths.readUInt32LE(4)];
    if (header > MOST.header || body > MOST.body) throw changed();
    const text = await take(file, header);
    const packed = await take(file, body);
    const read = headerOf(text);
    if (read.kind === 'end') return await expectEnd(file, hash.digest(), packed);
    if (isFirst !== (read.kind === 'manifest')) throw changed();
    hash.update(lengths).update(text).update(packed);
    yield { header: read, body: await unpacked(packed) };
  }
};

const magicOf = async (file: FileHandle): Promise<Buffer> => {
  const magic = await take(file, MAGIC.length);
  if (magic.equals(MAGIC)) return magic;
  throw new ArchiveError('is not a backup of this version of Passerby');
};

const headerOf = (text: Buffer): ArchiveFrameHeader => {
  try {
    return frameHeader.parse(JSON.parse(text.toString()));
  } catch {
    throw changed();
  }
};

const unpacked = async (body: Buffer): Promise<Buffer> => {
  try {
    return body.length === 0 ? body : await unpack(body, { maxOutputLength: MOST.body });
  } catch {
    throw changed();
  }
};

const expectEnd = async (file: FileHandle, expected: Buffer, found: Buffer): Promise<void> => {
  const { bytesRead } = await file.read(Buffer.alloc(1));
  if (bytesRead > 0 || !found.equals(expected)) throw changed();
};

const changed = (): ArchiveError => new ArchiveError('is not as it was written: its checksum is wrong');

/** The next bytes. @throws ArchiveError if there are fewer */
const take = async (file: FileHandle, length: number): Promise<Buffer> => {
  const bytes = Buffer.alloc(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await file.read(bytes, filled);
    if (bytesRead === 0) throw new ArchiveError('is cut off: its end is missing');
    filled += bytesRead;
  }
  return bytes;
};

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { isDenied } from '../lib/denied.ts';
import { ExpectedError, type Failure } from '../lib/expected-error.ts';
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

  constructor(message: string, failure: Partial<Failure> = { kind: 'unsound', code: 'damaged' }) {
    super(message, failure);
  }
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
 * @param from path of a file, or its bytes as they come
 * @throws ArchiveError, and what else `from` throws
 */
export const readArchive = async function* (from: string | AsyncIterable<Uint8Array>): AsyncGenerator<ArchiveFrame> {
  const source = new ByteSource(typeof from === 'string' ? readPieces(from) : from);
  try {
    yield* framesOf(source);
  } finally {
    await source.close();
  }
};

/** The bytes of a file. @throws ArchiveError if it cannot be read */
export const readPieces = async function* (path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: READ });
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new ArchiveError(`cannot be read (${code})`, { kind: isDenied(code) ? 'forbidden' : 'failed', code });
  }
};

/** Bytes of a file that are read at a time. */
const READ = 256 * 1024;

/** Bytes that come in pieces, taken in others. */
class ByteSource {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** The next bytes. @throws ArchiveError if there are fewer */
  async take(length: number): Promise<Buffer> {
    const found = [this.#rest];
    let have = this.#rest.length;
    while (have < length) {
      const { done, value } = await this.#pieces.next();
      if (done) throw new ArchiveError('is cut off: its end is missing');
      found.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
      have += value.byteLength;
    }
    const all = found.length === 1 ? this.#rest : Buffer.concat(found);
    this.#rest = all.subarray(length);
    return all.subarray(0, length);
  }

  async isAtEnd(): Promise<boolean> {
    if (this.#rest.length > 0) return false;
    const { done, value } = await this.#pieces.next();
    return done === true || (value.byteLength === 0 && (await this.isAtEnd()));
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}

const framesOf = async function* (source: ByteSource): AsyncGenerator<ArchiveFrame> {
  const hash = createHash('sha256').update(await magicOf(source));
  for (let isFirst = true; ; isFirst = false) {
    const lengths = await source.take(LENGTHS);
    const [header, body] = [lengths.readUInt32LE(0), lengths.readUInt32LE(4)];
    if (header > MOST.header || body > MOST.body) throw changed();
    const text = await source.take(header);
    const packed = await source.take(body);
    const read = headerOf(text);
    if (read.kind === 'end') return await expectEnd(source, hash.digest(), packed);
    if (isFirst !== (read.kind === 'manifest')) throw changed();
    hash.update(lengths).update(text).update(packed);
    yield { header: read, body: await unpacked(packed) };
  }
};

const magicOf = async (source: ByteSource): Promise<Buffer> => {
  const magic = await source.take(MAGIC.length);
  if (magic.equals(MAGIC)) return magic;
  throw new ArchiveError('is not a backup of this version of Passerby', { kind: 'unsound', code: 'no_backup' });
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

const expectEnd = async (source: ByteSource, expected: Buffer, found: Buffer): Promise<void> => {
  if (!found.equals(expected) || !(await source.isAtEnd())) throw changed();
};

const changed = (): ArchiveError => new ArchiveError('is not as it was written: its checksum is wrong');

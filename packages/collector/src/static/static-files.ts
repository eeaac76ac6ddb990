import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { getMimeType } from 'hono/utils/mime';
import { entityTagOf, hasAlready } from '../http/entity-tag.ts';

/** Encodings by how well they compress: what a file has behind its name in each, and how what is made here is squeezed. */
const ENCODINGS = {
  br: { suffix: '.br', squeeze: (bytes: Uint8Array) => brotliCompressSync(bytes) },
  gzip: { suffix: '.gz', squeeze: (bytes: Uint8Array) => gzipSync(bytes) },
  identity: { suffix: '', squeeze: (bytes: Uint8Array) => bytes },
} as const;
type Encoding = keyof typeof ENCODINGS;
const BEST_FIRST = Object.keys(ENCODINGS) as Encoding[];

/** A file as it is sent in one encoding. */
interface Body {
  readonly encoding: Encoding;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

/** A file, best compressed first. */
export interface ServedFile {
  readonly type: string;
  readonly bodies: readonly Body[];
}

/** The files of a folder by their path in it, as `assets/icon.svg`. */
export type ServedFiles = ReadonlyMap<string, ServedFile>;

/**
 * Reads all files of a folder, with what stands compressed beside them. What is served is a closed list in memory: no
 * path that a client names reaches the file system, and no flood of requests either.
 * @param place turns a page as it was built into one for where it is served
 */
export const readFiles = (folder: string, place = (html: string): string => html): ServedFiles => {
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const paths = entries
    .filter((entry) => entry.isFile() && !/\.(?:br|gz)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(folder, path), readFile(path, place)]));
};

const readFile = (path: string, place: (html: string) => string): ServedFile => {
  const type = getMimeType(path) ?? 'application/octet-stream';
  const plain = readFileSync(path);
  const placed = path.endsWith('.html') ? Buffer.from(place(plain.toString())) : plain;
  // What stands compressed beside a file is the file as it was built.
  const isAsBuilt = placed.equals(plain);
  const bodies = BEST_FIRST.filter((encoding) => !isAsBuilt || existsSync(path + ENCODINGS[encoding].suffix)).map(
    (encoding) => {
      const { suffix, squeeze } = ENCODINGS[encoding];
      const bytes = new Uint8Array(isAsBuilt ? readFileSync(path + suffix) : squeeze(placed));
      return { encoding, bytes, etag: entityTagOf(bytes) };
    },
  );
  return { type, bodies };
};

/**
 * Answers with a file, or with 304 to who has it; 404 without one.
 * @param cache how long it may be kept
 */
export const sendFile = (c: Context, file: ServedFile | undefined, cache: string): Response | Promise<Response> => {
  const body = file?.bodies.find(({ encoding }) => encoding === 'identity' || takes(c, encoding));
  if (file === undefined || body === undefined) return c.notFound();
  c.header('cache-control', cache);
  c.header('etag', body.etag);
  c.header('vary', 'accept-encoding');
  if (hasAlready(c, body.etag)) return c.body(null, 304);
  c.header('content-type', file.type);
  c.header('content-length', String(body.bytes.length));
  if (body.encoding !== 'identity') c.header('content-encoding', body.encoding);
  return c.body(body.bytes);
};

const takes = (c: Context, encoding: Encoding): boolean =>
  accepts(c, {
    header: 'Accept-Encoding',
    supports: [encoding],
    default: '',
    match: (given) => given.find(({ type, q }) => type === encoding && q > 0)?.type ?? '',
  }) === encoding;

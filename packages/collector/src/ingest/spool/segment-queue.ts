import { join } from 'node:path';
import { type FileSystem, readPatiently } from './file-system.ts';
import {
  type Closed,
  type Content,
  readSegment,
  type SegmentName,
  segmentFile,
  segmentName,
  unread,
} from './segment.ts';
import { halvesOf, wholesOf } from './split-segment.ts';
import type { BatchId } from './spool-frame.ts';

/** More segments than this that failed are a failure of the store, by whatever code. */
const MOST_DEFERRED = 1_000;

/** The closed segments of a folder, in the order in which they are to be stored. */
export class SegmentQueue {
  readonly #files: FileSystem;
  readonly #dir: string;
  readonly #fsync: boolean;
  /** By token: in the order in which they were put in. */
  #segments = new Map<string, Closed>();
  /** Tokens of those that failed and wait for another turn, while others go on. */
  readonly #deferred = new Set<string>();
  /** Tokens of the segments that this process began and that are here, or are being written. */
  readonly #mine = new Set<string>();
  /** Segments that are gone and whose files are there still: token → paths, in the order in which they are to go. */
  readonly #undeleted = new Map<string, readonly string[]>();
  /** Tokens of segments beside which files of halves may lie that came to nothing. */
  readonly #halfSplit = new Set<string>();
  #bytes = 0;
  #rows = 0;

  private constructor(files: FileSystem, dir: string, fsync: boolean) {
    this.#files = files;
    this.#dir = dir;
    this.#fsync = fsync;
  }

  /** Finds the segments that an earlier process left, and the ids of the beacons in them. */
  static async open(files: FileSystem, dir: string, fsync: boolean): Promise<{ queue: SegmentQueue; seen: BatchId[] }> {
    const queue = new SegmentQueue(files, dir, fsync);
    const seen = await queue.takeIn();
    await queue.#removeDrafts();
    return { queue, seen };
  }

  /** Files that a process which was killed has left half-written. */
  async #removeDrafts(): Promise<void> {
    for (const file of await this.#files.list(this.#dir))
      if (segmentName(file.replace(/\.new$/, '')) !== null && file.endsWith('.new'))
        await this.#files.remove(join(this.#dir, file)).catch(() => {
          // It costs room, and nothing else.
        });
  }

  get bytes(): number {
    return this.#bytes;
  }

  get rows(): number {
    return this.#rows;
  }

  /** The oldest segment. */
  get first(): Closed | undefined {
    return this.#segments.values().next().value;
  }

  /** The oldest of those that have not failed. */
  get fresh(): Closed | undefined {
    return this.freshOf(() => true);
  }

  /** The oldest of those that have not failed and are asked for. */
  freshOf(isAsked: (segment: Closed) => boolean): Closed | undefined {
    for (const segment of this.#segments.values())
      if (!this.#deferred.has(segment.token) && isAsked(segment)) return segment;
    return undefined;
  }

  /** Those that failed and wait for another turn, and halves of such, in order. */
  get deferred(): Closed[] {
    if (this.#deferred.size === 0) return [];
    return [...this.#segments.values()].filter(({ token }) => this.#deferred.has(token));
  }

  /** True if what is closed now would be stored soon: none waits before it but those that failed, and these are few. */
  get isClear(): boolean {
    return this.#deferred.size <= MOST_DEFERRED && this.fresh === undefined;
  }

  /** Highest number of a segment. */
  get highest(): number {
    return [...this.#segments.values()].reduce((highest, { number }) => Math.max(highest, number), 0);
  }

  /** Tokens of all of them. */
  tokens(): Iterable<string> {
    return this.#segments.keys();
  }

  /** A segment is about to be written; once closed it comes by {@link push}. */
  expect(token: string): void {
    this.#mine.add(token);
  }

  push(segment: Closed): void {
    this.#segments.set(segment.token, segment);
    this.#bytes += segment.bytes;
    this.#rows += segment.rows;
  }

  /** A segment that was taken in unread was read: it is like any other from now on. */
  know({ number, token }: Closed, { rows, begun, bytes }: Content): void {
    this.#segments.set(token, { number, token, rows, begun, bytes });
    this.#bytes += bytes;
    this.#rows += rows;
  }

  /** Lets others go before this one from now on. */
  defer({ token }: Closed): void {
    this.#deferred.add(token);
  }

  /** Takes a segment out, the first one unless another is named; its file is elsewhere. */
  drop(segment = this.first): void {
    if (segment === undefined || !this.#segments.delete(segment.token)) return;
    this.#mine.delete(segment.token);
    this.#deferred.delete(segment.token);
    this.#bytes -= segment.bytes;
    this.#rows -= segment.rows;
  }

  /** A segment, the first one unless another is named, is stored: it and its file go. */
  async delete(segment = this.first): Promise<void> {
    if (segment === undefined) return;
    // It must not be stored again, whether or not it can be deleted; nor must halves of it, which go first.
    const halves = this.#halfSplit.delete(segment.token) ? halvesOf(segment) : [];
    const paths = [...halves, segment].map((name) => this.#path(name));
    this.#undeleted.set(segment.token, paths);
    this.drop(segment);
    await this.#deleteFiles(segment.token, paths);
  }

  /** Two halves, whose files are written, may take the segment's place once its file is gone. @throws if it cannot go */
  async replace(segment: Closed, halves: readonly Closed[]): Promise<void> {
    await this.#files.remove(this.#path(segment));
    if (this.#fsync) await this.#files.syncDir(this.#dir);
    for (const { token } of halves) {
      this.#mine.add(token);
      // What is new does not wait for them, as it did not for the whole.
      this.#deferred.add(token);
    }
    const others = [...this.#segments.values()];
    this.#segments = new Map(
      others.flatMap((one) => (one.token === segment.token ? halves : [one])).map((one) => [one.token, one]),
    );
    this.#mine.delete(segment.token);
    this.#deferred.delete(segment.token);
    this.#halfSplit.delete(segment.token);
    for (const { bytes } of halves) this.#bytes += bytes;
    this.#bytes -= segment.bytes;
  }

  /** Files of halves may lie beside the segment: from now on until {@link replace}, or until they are deleted. */
  begunToSplit({ token }: Closed): void {
    this.#halfSplit.add(token);
  }

  /** Deletes what a split that came to nothing has left. To be called before the segment's file goes elsewhere. */
  async unsplit(segment: Closed): Promise<void> {
    if (!this.#halfSplit.has(segment.token)) return;
    for (const half of halvesOf(segment)) await this.#files.remove(this.#path(half));
    if (this.#fsync) await this.#files.syncDir(this.#dir);
    this.#halfSplit.delete(segment.token);
  }

  /** Tries again to delete what could not be. */
  async tidy(): Promise<void> {
    for (const [token, paths] of this.#undeleted) await this.#deleteFiles(token, paths);
  }

  async #deleteFiles(token: string, paths: readonly string[]): Promise<void> {
    try {
      for (const path of paths) await this.#files.remove(path);
      if (this.#fsync) await this.#files.syncDir(this.#dir);
      this.#undeleted.delete(token);
    } catch {
      // A disk that cannot be written to: tidy() tries again.
    }
  }

  /**
   * Takes in the segments that lie in the folder and are not known: an earlier process left them, or they were set aside
   * and somebody wants them stored again. One that cannot be read is taken in unread: it must not hold up the others,
   * though a beacon in it that is sent again is counted again. To be called once at a time.
   * @returns the ids of the beacons in them
   */
  async takeIn(): Promise<BatchId[]> {
    const seen: BatchId[] = [];
    const names = (await this.#files.list(this.#dir)).flatMap((file) => segmentName(file) ?? []);
    const tokens = new Set(names.map(({ token }) => token));
    for (const name of names.sort(inOrder)) {
      if (this.#knows(name.token) || this.#isDraft(name, tokens)) continue;
      const found = await this.#read(name);
      if (found === null || this.#knows(name.token)) continue;
      this.push(found.segment);
      for (const id of found.ids) seen.push(id);
    }
    return seen;
  }

  /** True for a segment that is here. */
  has(token: string): boolean {
    return this.#segments.has(token);
  }

  #knows(token: string): boolean {
    return this.#mine.has(token) || this.#segments.has(token) || this.#undeleted.has(token);
  }

  /** A half counts from the moment at which the file of its whole is gone: until then it is a draft. */
  #isDraft({ token }: SegmentName, there: ReadonlySet<string>): boolean {
    const whole = wholesOf(token).find((one) => there.has(one) || this.#knows(one));
    if (whole !== undefined) this.#halfSplit.add(whole);
    return whole !== undefined;
  }

  async #read(name: SegmentName): Promise<{ segment: Closed; ids: readonly BatchId[] } | null> {
    try {
      const bytes = await readPatiently(this.#files, this.#path(name));
      // Stored and deleted a moment ago.
      if (bytes === null) return null;
      const { rows, ids, begun } = readSegment(bytes);
      return { segment: { ...name, rows, begun, bytes: bytes.length }, ids };
    } catch {
      return { segment: unread(name), ids: [] };
    }
  }

  #path(name: SegmentName): string {
    return join(this.#dir, segmentFile(name));
  }
}

/** What was cut or left out of a segment has its number, and its token with something behind it. */
const inOrder = (a: SegmentName, b: SegmentName): number => a.number - b.number || (a.token < b.token ? -1 : 1);

import { join } from 'node:path';
import type { Files } from './files.ts';
import type { SeenId } from './frame.ts';
import { type Closed, readSegment, type SegmentName, segmentFile, segmentName } from './segment.ts';

/** The closed segments of a folder, in the order in which they are to be stored. */
export class SegmentQueue {
  readonly #files: Files;
  readonly #dir: string;
  readonly #fsync: boolean;
  /** By token: in the order in which they were put in. */
  readonly #segments = new Map<string, Closed>();
  /** Tokens of the segments that this process began and that are here, or are being written. */
  readonly #mine = new Set<string>();
  /** Stored segments whose files are there still: token → path. */
  readonly #undeleted = new Map<string, string>();
  #bytes = 0;
  #rows = 0;

  private constructor(files: Files, dir: string, fsync: boolean) {
    this.#files = files;
    this.#dir = dir;
    this.#fsync = fsync;
  }

  /** Finds the segments that an earlier process left, and the ids of the beacons in them. */
  static async open(files: Files, dir: string, fsync: boolean): Promise<{ queue: SegmentQueue; seen: SeenId[] }> {
    const queue = new SegmentQueue(files, dir, fsync);
    const seen = await queue.takeIn();
    return { queue, seen };
  }

  get bytes(): number {
    return this.#bytes;
  }

  get rows(): number {
    return this.#rows;
  }

  /** The segment to store next. */
  get first(): Closed | undefined {
    return this.#segments.values().next().value;
  }

  /** Highest number of a segment. */
  get highest(): number {
    return [...this.#segments.values()].reduce((highest, { number }) => Math.max(highest, number), 0);
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

  /** Takes the first segment out; its file is elsewhere. */
  drop(): void {
    const { first } = this;
    if (first === undefined) return;
    this.#segments.delete(first.token);
    this.#mine.delete(first.token);
    this.#bytes -= first.bytes;
    this.#rows -= first.rows;
  }

  /** The first segment is stored: it and its file go. */
  async delete(): Promise<void> {
    const { first } = this;
    if (first === undefined) return;
    const path = join(this.#dir, segmentFile(first));
    // It must not be stored again, whether or not it can be deleted.
    this.#undeleted.set(first.token, path);
    this.drop();
    await this.#deleteFile(first.token, path);
  }

  /** Tries again to delete what could not be. */
  async tidy(): Promise<void> {
    for (const [token, path] of this.#undeleted) await this.#deleteFile(token, path);
  }

  async #deleteFile(token: string, path: string): Promise<void> {
    try {
      await this.#files.remove(path);
      if (this.#fsync) await this.#files.syncDir(this.#dir);
      this.#undeleted.delete(token);
    } catch {
      // A disk that cannot be written to: tidy() tries again.
    }
  }

  /**
   * Takes in the segments that lie in the folder and are not known: an earlier process left them, or they were set aside
   * and somebody wants them stored again. To be called once at a time.
   * @returns the ids of the beacons in them
   * @throws if one cannot be read: its beacons might be counted twice if it were left for later
   */
  async takeIn(): Promise<SeenId[]> {
    const seen: SeenId[] = [];
    const names = (await this.#files.list(this.#dir)).flatMap((file) => segmentName(file) ?? []);
    for (const name of names.sort(inOrder)) {
      if (this.#knows(name.token)) continue;
      const found = await this.#read(name);
      if (found === null) continue;
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

  async #read(name: SegmentName): Promise<{ segment: Closed; ids: readonly SeenId[] } | null> {
    try {
      const bytes = await this.#files.read(join(this.#dir, segmentFile(name)));
      const { rows, ids, begun } = readSegment(bytes);
      return { segment: { ...name, rows, begun, bytes: bytes.length }, ids };
    } catch (error) {
      // Stored and deleted a moment ago.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }
}

/** What was left out of a segment has its number, and a longer token. */
const inOrder = (a: SegmentName, b: SegmentName): number => a.number - b.number || a.token.length - b.token.length;

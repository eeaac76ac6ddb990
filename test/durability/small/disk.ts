import { basename, dirname } from 'node:path';
import type { FileSystem } from '../../../packages/collector/src/ingest/spool/file-system.ts';

interface Inode {
  data: Buffer;
  /** What would be left of it without power. */
  synced: Buffer;
}

/** Names in folders, by their whole path. */
type Names = Map<string, Inode>;

/** A change of names that is not synced. */
interface Change {
  readonly inode: Inode;
  readonly paths: readonly string[];
  readonly apply: (names: Names) => void;
}

/**
 * A disk in memory that knows what of it would survive a loss of power: of a file what was synced, of a folder the
 * changes made before it was synced. Else it promises only what every journal does: a change is done whole or not at
 * all, and not before another one of the same file; changes of different files come in no order.
 */
export class MemoryDisk {
  readonly #folders = new Set<string>();
  #names: Names = new Map();
  #syncedNames: Names = new Map();
  #changes: Change[] = [];

  get files(): FileSystem {
    return {
      makeDir: async (path) => {
        this.#folders.add(path);
      },
      list: async (dir) => {
        if (!this.#folders.has(dir)) throw error('ENOENT');
        return [...this.#names.keys()].filter((path) => dirname(path) === dir).map((path) => basename(path));
      },
      read: async (path) => Buffer.from(this.#inode(path).data),
      create: async (path) => {
        if (this.#names.has(path)) throw error('EEXIST');
        const inode = { data: Buffer.alloc(0), synced: Buffer.alloc(0) };
        this.#change(inode, [path], (names) => names.set(path, inode));
        return openFile(inode);
      },
      rename: async (from, to) => {
        const inode = this.#inode(from);
        this.#change(inode, [from, to], (names) => {
          names.delete(from);
          names.set(to, inode);
        });
      },
      remove: async (path) => {
        if (this.#names.has(path)) this.#change(this.#inode(path), [path], (names) => names.delete(path));
      },
      syncDir: async (dir) => {
        const touches = ({ paths }: Change): boolean => paths.some((path) => dirname(path) === dir);
        for (const { apply } of this.#changes.filter(touches)) apply(this.#syncedNames);
        this.#changes = this.#changes.filter((change) => !touches(change));
      },
      space: async () => ({ free: 2 ** 40, total: 2 ** 40 }),
    };
  }

  /** The power goes: of what was not synced, chance leaves this or that, or a part of it. */
  losePower(random: () => number): void {
    const stuck = new Set<Inode>();
    for (const { inode, apply } of this.#changes) {
      if (stuck.has(inode) || random() < 0.5) stuck.add(inode);
      else apply(this.#syncedNames);
    }
    this.#changes = [];
    this.#names = new Map(this.#syncedNames);
    for (const inode of this.#names.values()) inode.data = inode.synced = leftOf(inode, random);
  }

  #change(inode: Inode, paths: readonly string[], apply: (names: Names) => void): void {
    apply(this.#names);
    this.#changes.push({ inode, paths, apply });
  }

  #inode(path: string): Inode {
    const inode = this.#names.get(path);
    if (inode === undefined) throw error('ENOENT');
    return inode;
  }
}

const error = (code: string): Error => Object.assign(new Error(code), { code });

const openFile = (inode: Inode): Awaited<ReturnType<FileSystem['create']>> => ({
  write: async (bytes, position) => {
    const data = Buffer.alloc(Math.max(inode.data.length, position + bytes.length));
    inode.data.copy(data);
    data.set(bytes, position);
    inode.data = data;
    return bytes.length;
  },
  truncate: async (length) => {
    inode.data = Buffer.from(inode.data.subarray(0, length));
  },
  sync: async () => {
    inode.synced = inode.data;
  },
  close: async () => {},
});

/** Bytes that were not synced are there, or not, or are zeros: some file systems make room before they write. */
const leftOf = ({ data, synced }: Inode, random: () => number): Buffer => {
  if (data.length <= synced.length) return random() < 0.5 ? synced : data;
  const length = synced.length + Math.floor(random() * (data.length - synced.length + 1));
  const left = Buffer.from(data.subarray(0, length));
  return random() < 0.5 ? left : left.fill(0, synced.length);
};

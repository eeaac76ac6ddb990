import type { FileSystem, OpenFile } from '../../../packages/collector/src/ingest/spool/file-system.ts';
import type { Store } from '../../../packages/collector/src/store/store.ts';

/** How a process dies at an operation of its file system: before it, after half of it if that can be, or right after it. */
export type Death = 'before' | 'half' | 'after';

/** A process that dies at its n-th operation. From then on nothing it asks for happens or comes back. */
export interface Life {
  readonly files: FileSystem;
  readonly store: Pick<Store, 'insert'>;
  /** Operations so far. */
  readonly operations: number;
  /** Resolves when it is over, and with it what it had asked the system for before. */
  readonly died: Promise<void>;
  /** Passes on how something ended, unless this is over by then: it never ends. */
  hold<T>(outcome: Promise<T>): Promise<T>;
  end(): void;
}

const never = new Promise<never>(() => {});

/** @param fatal number of the operation at which it dies, from 1; `Infinity`: it lives until it is ended */
export const createLife = (files: FileSystem, store: Pick<Store, 'insert'>, fatal: number, death: Death): Life => {
  const underWay = new Set<Promise<unknown>>();
  const openFiles = new Set<OpenFile>();
  let operations = 0;
  let over = false;
  let tell = (): void => {};
  const died = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const end = (): void => {
    over = true;
    // What was asked for before is done, and the system closes the files.
    void Promise.allSettled(underWay)
      .then(() => Promise.allSettled([...openFiles].map((file) => file.close())))
      .then(tell);
  };

  const hold = async <T>(outcome: Promise<T>): Promise<T> => {
    const [settled] = await Promise.allSettled([outcome]);
    if (over) return never;
    return settled.status === 'fulfilled' ? settled.value : Promise.reject(settled.reason);
  };

  const ask = <T>(job: () => Promise<T>): Promise<T> => {
    const asked = job();
    const tracked = asked.finally(() => underWay.delete(tracked));
    tracked.catch(() => {
      // Whoever asked is told.
    });
    underWay.add(tracked);
    return hold(asked);
  };

  const operation = async <T>(whole: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> => {
    if (over) return never;
    operations += 1;
    if (operations !== fatal) return ask(whole);
    if (death === 'after') void ask(whole);
    if (death === 'half' && half !== undefined) void ask(half);
    end();
    return never;
  };

  const open = (file: OpenFile): OpenFile => {
    openFiles.add(file);
    return {
      write: (bytes, position) =>
        operation(
          () => file.write(bytes, position),
          () => file.write(bytes.subarray(0, bytes.length >> 1), position),
        ),
      truncate: (length) => operation(() => file.truncate(length)),
      sync: () => operation(() => file.sync()),
      close: () =>
        operation(() => {
          openFiles.delete(file);
          return file.close();
        }),
    };
  };

  return {
    files: {
      makeDir: (path) => operation(() => files.makeDir(path)),
      list: (dir) => operation(() => files.list(dir)),
      read: (path) => operation(() => files.read(path)),
      create: (path) => operation(async () => open(await files.create(path))),
      rename: (from, to) => operation(() => files.rename(from, to)),
      remove: (path) => operation(() => files.remove(path)),
      syncDir: (path) => operation(() => files.syncDir(path)),
      space: (dir) => operation(() => files.space(dir)),
    },
    store: { insert: (batch) => (over ? never : ask(() => store.insert(batch))) },
    get operations() {
      return operations;
    },
    died,
    hold,
    end,
  };
};

/** A file system that fails when a test says so, over the real one. */
import { type FileSystem, type OpenFile, realFileSystem } from './file-system.ts';

/** What is asked of the file system. */
export type Operation = keyof FileSystem | keyof OpenFile;

/** Asked before each operation: an error is thrown in its place; a number is how many bytes of a write go through first. */
export type Fault = (operation: Operation, path: string) => Error | number | undefined;

/** An error as the system makes it. */
export const systemError = (code: string): Error => Object.assign(new Error(code), { code });

/** The real file system with faults. */
export const faultyFiles = (fault: Fault): FileSystem => {
  const guard = (operation: Operation, path: string): number | undefined => {
    const found = fault(operation, path);
    if (found instanceof Error) throw found;
    return found;
  };
  const wrapFile = (file: OpenFile, path: string): OpenFile => ({
    async write(bytes, position) {
      const some = guard('write', path);
      return file.write(some === undefined ? bytes : bytes.subarray(0, some), position);
    },
    async truncate(length) {
      guard('truncate', path);
      await file.truncate(length);
    },
    async sync() {
      guard('sync', path);
      await file.sync();
    },
    async close() {
      // The descriptor is given back whatever close() says (close(2)).
      await file.close();
      guard('close', path);
    },
  });
  return {
    async makeDir(path) {
      guard('makeDir', path);
      await realFileSystem.makeDir(path);
    },
    async list(dir) {
      guard('list', dir);
      return realFileSystem.list(dir);
    },
    async read(path) {
      guard('read', path);
      return realFileSystem.read(path);
    },
    async create(path) {
      guard('create', path);
      return wrapFile(await realFileSystem.create(path), path);
    },
    async rename(from, to) {
      guard('rename', from);
      await realFileSystem.rename(from, to);
    },
    async remove(path) {
      guard('remove', path);
      await realFileSystem.remove(path);
    },
    async syncDir(path) {
      guard('syncDir', path);
      await realFileSystem.syncDir(path);
    },
    async space(dir) {
      guard('space', dir);
      return realFileSystem.space(dir);
    },
  };
};

import { setTimeout as sleep } from 'node:timers/promises';
import type { FileSystem } from '../../../packages/collector/src/ingest/spool/file-system.ts';

const LONGEST_MS = 8;

/** A file system whose operations take their time, each as long as chance has it: they overtake one another. */
export const slowFiles = (files: FileSystem, random: () => number): FileSystem => slow(files, random);

/** Makes every method take its time before and after what it does, and those of what it returns. */
const slow = <T extends object>(target: T, random: () => number): T =>
  new Proxy(target, {
    get: (object, name) => {
      const method: unknown = Reflect.get(object, name);
      if (typeof method !== 'function') return method;
      return async (...given: unknown[]): Promise<unknown> => {
        await sleep(random() * LONGEST_MS);
        const result: unknown = await Reflect.apply(method, object, given);
        await sleep(random() * LONGEST_MS);
        return name === 'create' ? slow(result as object, random) : result;
      };
    },
  });

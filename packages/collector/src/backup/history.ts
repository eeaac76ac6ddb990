import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../lib/write-whole.ts';
import type { LastBackup } from './backup-state.ts';

const time = z.iso.datetime();

const shape = z.object({
  /** Unix milliseconds: no backup is due for a time of before. */
  done: z.number().nullable(),
  last: z
    .object({
      at: time,
      ok: z.boolean(),
      file: z.string().nullable(),
      bytes: z.number().nullable(),
      tookMs: z.number(),
      error: z.string().nullable(),
    })
    .nullable(),
  lastGood: time.nullable(),
});

type Known = z.infer<typeof shape>;

const NOTHING: Known = { done: null, last: null, lastGood: null };

/** The file of it in a data folder. */
export const historyFile = (dataDir: string): string => join(dataDir, 'backup.json');

/** What became of backups, in a file, so that it is known after a restart. */
export class BackupHistory {
  readonly #file: string;
  #known: Known;

  private constructor(file: string, known: Known) {
    this.#file = file;
    this.#known = known;
  }

  /** Reads the file. One that is not there, or is damaged, says nothing. */
  static async open(file: string): Promise<BackupHistory> {
    const text = await readFile(file, 'utf8').catch(() => 'null');
    try {
      return new BackupHistory(file, shape.parse(JSON.parse(text)));
    } catch {
      return new BackupHistory(file, NOTHING);
    }
  }

  get known(): Readonly<Known> {
    return this.#known;
  }

  /** Notes what became of one. */
  async note(last: LastBackup): Promise<void> {
    await this.#keep({ ...this.#known, last, lastGood: last.ok ? last.at : this.#known.lastGood });
  }

  /** Notes that up to a time none is due any more. */
  async settle(done: number): Promise<void> {
    await this.#keep({ ...this.#known, done });
  }

  /** Takes over what the files themselves say. */
  async learn(good: number): Promise<void> {
    const { done, lastGood } = this.#known;
    const [isDone, isKnown] = [done !== null && done >= good, lastGood !== null && Date.parse(lastGood) >= good];
    if (isDone && isKnown) return;
    await this.#keep({
      ...this.#known,
      done: isDone ? done : good,
      lastGood: isKnown ? lastGood : new Date(good).toISOString(),
    });
  }

  async #keep(known: Known): Promise<void> {
    this.#known = known;
    await writeWhole(this.#file, JSON.stringify(known)).catch(() => {
      // A full disk, most likely. It is known until the end, and the names of the files say the rest after it.
    });
  }
}

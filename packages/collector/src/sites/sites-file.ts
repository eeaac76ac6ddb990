import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Log } from '../lib/logger.ts';
import { createMutex } from '../lib/mutex.ts';
import { writeWhole } from '../lib/write-whole.ts';
import type { Stored } from '../store/collection.ts';
import { type Site, site as siteShape } from './site.ts';

const shape = z.object({ sites: z.array(siteShape) });

/**
 * The sites as they were last seen, in a file: a collector that starts while the store is away goes on counting for
 * them. It holds no account and no token.
 */
export class SitesFile {
  readonly #file: string;
  readonly #log: Log;
  readonly #inTurn = createMutex();
  #kept: readonly Stored<Site>[] | null = null;
  #hasFailed = false;

  constructor(file: string, log: Log) {
    this.#file = file;
    this.#log = log;
  }

  /** The sites in the file; null: there is none, or it is damaged. */
  async read(): Promise<readonly Site[] | null> {
    const text = await readFile(this.#file, 'utf8').catch(() => null);
    if (text === null) return null;
    try {
      return shape.parse(JSON.parse(text)).sites;
    } catch {
      this.#log.warn('the copy of the sites is damaged and is not used');
      return null;
    }
  }

  /**
   * Keeps the sites, unless this list was kept last. What fails is not thrown, for it harms nobody today: the next call
   * tries again.
   */
  keep(stored: readonly Stored<Site>[]): Promise<void> {
    return this.#inTurn(async () => {
      if (stored === this.#kept) return;
      try {
        await writeWhole(this.#file, JSON.stringify({ sites: stored.map(({ body }) => body) }));
        this.#kept = stored;
        this.#hasFailed = false;
      } catch {
        if (!this.#hasFailed) this.#log.warn('the copy of the sites cannot be written');
        this.#hasFailed = true;
      }
    });
  }
}

import { randomUUID } from 'node:crypto';
import type { Row } from '../store/row.ts';

/** Rows that are stored together, once: the token was made before the first try. */
export interface Batch {
  readonly token: string;
  readonly rows: readonly Row[];
}

/** Holds accepted rows until the store has them. Its word is the collector's word: what it took is counted. */
export interface Spool {
  /** True if `rows` more would fit. To be asked before anything is changed on their behalf. */
  hasRoom(rows: number): boolean;
  /** Takes the rows; resolves when they are safe as far as this spool promises. */
  append(rows: readonly Row[]): Promise<void>;
}

/** How the spool cuts batches. */
export interface SpoolOptions {
  /** Rows that fit altogether. */
  readonly capacity: number;
  /** A batch is closed at this many rows … */
  readonly batchRows: number;
  /** … or when this much time has passed since the batch before was handed on. */
  readonly batchMs: number;
  /** Stores a batch for good: it may take as long as it needs, and it never rejects. */
  readonly store: (batch: Batch) => Promise<void>;
}

/** A lone hit waits this long for company. */
const SETTLE_MS = 50;

/**
 * A spool in memory: what it holds dies with the process. One batch at a time is on its way to the store, so that
 * batches are stored in order.
 */
export class MemorySpool implements Spool {
  readonly #options: SpoolOptions;
  #open: Row[] = [];
  #held = 0;
  #timer: NodeJS.Timeout | undefined;
  #handedOn = 0;
  #storing: Promise<void> = Promise.resolve();

  constructor(options: SpoolOptions) {
    this.#options = options;
  }

  /** Rows accepted and not yet stored. */
  get held(): number {
    return this.#held;
  }

  hasRoom(rows: number): boolean {
    return this.#held + rows <= this.#options.capacity;
  }

  append(rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return Promise.resolve();
    this.#open.push(...rows);
    this.#held += rows.length;
    if (this.#open.length >= this.#options.batchRows) this.#handOn();
    else this.#timer ??= setTimeout(() => this.#handOn(), this.#delay());
    return Promise.resolve();
  }

  /** Stores all that was accepted. */
  async flush(): Promise<void> {
    this.#handOn();
    await this.#storing;
  }

  #delay(): number {
    return Math.max(SETTLE_MS, this.#handedOn + this.#options.batchMs - performance.now());
  }

  #handOn(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#open.length === 0) return;
    const batch = { token: randomUUID(), rows: this.#open };
    this.#open = [];
    this.#handedOn = performance.now();
    this.#storing = this.#storing
      .then(() => this.#options.store(batch))
      .then(() => {
        this.#held -= batch.rows.length;
      });
  }
}

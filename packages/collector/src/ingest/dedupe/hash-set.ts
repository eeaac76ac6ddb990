/** Slots at first. */
const FEWEST = 64;

/**
 * A set of hashes from 0 to 2⁵³ − 1 that takes 16 to 32 bytes for each: open addressing with linear probing, doubled when
 * half of its slots are taken. Whoever could choose the hashes could make it slow: they are to be keyed.
 */
export class HashSet {
  /** 0: the slot is free. */
  #slots = new Float64Array(FEWEST);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(hash: number): boolean {
    return this.#slots[this.#slotOf(hash)] !== 0;
  }

  add(hash: number): void {
    const slot = this.#slotOf(hash);
    if (this.#slots[slot] !== 0) return;
    this.#slots[slot] = entryOf(hash);
    if (++this.#size * 2 > this.#slots.length) this.#grow();
  }

  /** Takes a hash out and closes the gap, so that no search ends before what it looks for. */
  delete(hash: number): void {
    let gap = this.#slotOf(hash);
    if (this.#slots[gap] === 0) return;
    this.#size--;
    const mask = this.#slots.length - 1;
    for (let at = (gap + 1) & mask; this.#slots[at] !== 0; at = (at + 1) & mask) {
      const entry = this.#slots[at] ?? 0;
      // It may move to the gap if the search for it passes there.
      if (((at - homeOf(entry, mask)) & mask) < ((at - gap) & mask)) continue;
      this.#slots[gap] = entry;
      gap = at;
    }
    this.#slots[gap] = 0;
  }

  /** Where the hash is, or the free slot in which it would be. */
  #slotOf(hash: number): number {
    const entry = entryOf(hash);
    const mask = this.#slots.length - 1;
    let slot = homeOf(entry, mask);
    while (this.#slots[slot] !== 0 && this.#slots[slot] !== entry) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const entries = this.#slots;
    this.#slots = new Float64Array(entries.length * 2);
    for (const entry of entries) if (entry !== 0) this.#slots[this.#slotOf(entry)] = entry;
  }
}

/** A slot that holds 0 is free: 0 and 1 are one hash. */
const entryOf = (hash: number): number => hash || 1;

const homeOf = (entry: number, mask: number): number => entry & mask;

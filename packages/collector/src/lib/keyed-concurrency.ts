/** What callers have under way, by name, so that none has more than so much. */
export class KeyedConcurrency {
  readonly #counts = new Map<string, number>();

  /** @returns false: there are so many already, and nothing begins */
  begin(name: string, most: number): boolean {
    const count = this.#counts.get(name) ?? 0;
    if (count >= most) return false;
    this.#counts.set(name, count + 1);
    return true;
  }

  /** To be called once for each that has begun. */
  end(name: string): void {
    const count = (this.#counts.get(name) ?? 0) - 1;
    if (count > 0) this.#counts.set(name, count);
    else this.#counts.delete(name);
  }
}

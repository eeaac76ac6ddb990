/** What callers have under way, by name, so that none has more than so much. */
export class KeyedConcurrency {
  readonly #counts = new Map<string, number>();

  /**
   * @param added how many begin
   * @returns false: there would be more than so many, and nothing begins
   */
  begin(name: string, most: number, added = 1): boolean {
    const count = (this.#counts.get(name) ?? 0) + added;
    if (count > most) return false;
    this.#counts.set(name, count);
    return true;
  }

  /** To be called for all that has begun. */
  end(name: string, ended = 1): void {
    const count = (this.#counts.get(name) ?? 0) - ended;
    if (count > 0) this.#counts.set(name, count);
    else this.#counts.delete(name);
  }
}

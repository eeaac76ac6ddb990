/** Remembers of the current day what was done already. */
export class OnceADay {
  #day = '';
  readonly #done = new Set<string>();

  /** True for the first time on a day that this name is given. */
  isFirst(name: string, day: string): boolean {
    if (day !== this.#day) this.#done.clear();
    this.#day = day;
    if (this.#done.has(name)) return false;
    this.#done.add(name);
    return true;
  }
}

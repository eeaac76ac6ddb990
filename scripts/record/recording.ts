import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What is recorded: texts by the name of their file. */
export class Recording {
  readonly #files = new Map<string, string[]>();
  readonly #places: [varies: string | RegExp, placeholder: string][] = [
    // What the build makes of the content of a file: its bytes are recorded elsewhere.
    [/(\/assets\/[\w.-]+?-)[\w-]{8}(?=\.)/g, '$1<hash>'],
    [/\b\d{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}\b/g, '<uuid>'],
    [/\(process \d+\)/g, '(process <pid>)'],
    [/paused for \d+ ms/g, 'paused for <n> ms'],
    // Salt and hash of a password.
    [/[\w+/\\]{22,}==:[\w+/\\]{40,}=/g, '<password>'],
    [/(?<=(?:localhost|127\.0\.0\.1):)\d{4,5}\b/g, '<port>'],
    // The engine's clock.
    [/"applied":"[^"]+"/g, '"applied":"<time>"'],
    // Rows which merge, in a backup that is made before or after.
    [/^(sums|config) +\d+$/gm, '$1 <n>'],
  ];

  /** Has something that varies from run to run replaced in all that is added from now on. */
  hide(varies: string | RegExp, placeholder: string): void {
    this.#places.unshift([varies, placeholder]);
  }

  add(file: string, text: string): void {
    const lines = this.#files.get(file) ?? [];
    this.#files.set(file, [...lines, this.#plain(text)]);
  }

  write(folder: string): void {
    for (const [name, texts] of this.#files) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${texts.join('\n')}\n`);
    }
  }

  #plain(text: string): string {
    return this.#places.reduce((plain, [varies, placeholder]) => plain.replaceAll(varies, placeholder), text);
  }
}

/** Length and hash of bytes. */
export const printOf = (bytes: Buffer): string =>
  `${bytes.length} bytes, sha256 ${createHash('sha256').update(bytes).digest('hex')}`;

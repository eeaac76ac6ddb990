import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { type Catalogue, compile, faultsOf } from './messages/compile.ts';

const PREFIX = 'virtual:messages/';
/** The language that the interface is written in. */
const REFERENCE = 'en';
const FOLDER = new URL('src/i18n/messages/', import.meta.url);

/**
 * Makes the module `virtual:messages/de` of `de.json`: its messages as texts and functions. Fails where a language has
 * other messages or other values than English, or lacks a plural form.
 *
 * @param folder Where the languages are.
 */
export const messages = (folder = FOLDER): Plugin => ({
  name: 'passerby-messages',
  resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
  async load(id) {
    if (!id.startsWith(`\0${PREFIX}`)) return undefined;
    const language = id.slice(PREFIX.length + 1);
    const read = async (name: string): Promise<Catalogue> => {
      const file = fileURLToPath(new URL(`${name}.json`, folder));
      this.addWatchFile(file);
      return JSON.parse(await readFile(file, 'utf8')) as Catalogue;
    };
    const [catalogue, reference] = await Promise.all([read(language), read(REFERENCE)]);
    const faults = faultsOf(language, catalogue, reference);
    if (faults.length > 0) this.error(`${language}.json: ${faults.join('; ')}`);
    return compile(language, catalogue, reference);
  },
});

import { type Plugin, runnerImport } from 'vite';
import { LANGUAGES } from './src/i18n/language.ts';

/** Paths of all texts, as `nav.sites`. */
const pathsOf = (texts: object, at = ''): string[] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'object' ? pathsOf(text, `${at}${key}.`) : [at + key],
  );

/** Builds nothing where a language lacks a text. Types say so too, but Vite takes them away unread. */
export const completeMessages = (): Plugin => ({
  name: 'passerby-complete-messages',
  apply: 'build',
  async buildStart() {
    const languages = LANGUAGES.map(async (language) => {
      const { module } = await runnerImport<Record<string, object>>(`./src/i18n/messages/${language}.ts`, {
        root: import.meta.dirname,
        configFile: false,
      });
      return { language, paths: pathsOf(module[language] ?? {}) };
    });
    const texts = await Promise.all(languages);
    const all = new Set(texts.flatMap(({ paths }) => paths));
    for (const { language, paths } of texts) {
      const missing = [...all].filter((path) => !paths.includes(path));
      if (missing.length > 0) this.error(`src/i18n/messages/${language}.ts lacks ${missing.join(', ')}`);
    }
  },
});

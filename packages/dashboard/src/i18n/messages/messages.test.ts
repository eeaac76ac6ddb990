import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import german from 'virtual:messages/de';
import english from 'virtual:messages/en';
import { ERROR_CODES } from '@passerby/collector/error-codes';
import { build } from 'vite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/temporary-folder.ts';
import { typesOf } from '../../../messages/compile.ts';
import { messages } from '../../../messages.plugin.ts';

/** Messages by their path, filled with something that is neither empty nor a word. */
const flatten = (texts: object, at = ''): [path: string, text: string][] =>
  Object.entries(texts).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'object') return flatten(value, `${at}${key}.`);
    const filled = new Proxy({}, { get: () => '2' });
    return [[at + key, typeof value === 'function' ? String(value(filled)) : value]];
  });

describe.each([
  ['English', english],
  ['German', german],
])('%s', (_, texts) => {
  it('says something everywhere, without raising its voice', () => {
    expect(flatten(texts).filter(([, text]) => text.trim() === '' || /!|undefined|NaN/.test(text))).toEqual([]);
  });
});

it('say every reason for which the collector refuses something, and no other', () => {
  const codes = Object.keys(ERROR_CODES).sort();
  expect(Object.keys(english.errors).sort()).toEqual(codes);
  expect(Object.keys(german.errors).sort()).toEqual(codes);
});

it('the German messages are German', () => {
  const words = new Map(flatten(english));
  const same = flatten(german).filter(([path, text]) => / .+ /.test(text) && words.get(path) === text);
  expect(same).toEqual([]);
});

it.each([
  [1, '1 message, the last today', '1 Meldung, die letzte today'],
  [0, '0 messages, the last today', '0 Meldungen, die letzte today'],
  [2, '2 messages, the last today', '2 Meldungen, die letzte today'],
])('are filled with what there is: %i', (count, inEnglish, inGerman) => {
  const values = { count, written: String(count), when: 'today' };
  expect(english.sites.unknownOf(values)).toBe(inEnglish);
  expect(german.sites.unknownOf(values)).toBe(inGerman);
  expect(english.panel.emptyProperties).toContain('track(name, { plan: "pro" })');
});

it.each([
  ['English', english],
  ['German', german],
])('say of one thing what they say of one thing: %s', (_, texts) => {
  const one = new Proxy({}, { get: (_, name) => (name === 'day' ? 'then' : '1') });
  const said = (value: object | string | ((values: object) => string)): string[] => {
    if (typeof value === 'object') return Object.values(value).flatMap(said);
    return typeof value === 'function' ? [value(one)] : [];
  };
  const wrong =
    /\b1 (?:views|hits|visitors|visits|messages|characters|days|parts|pieces|batches|filters|Tage|Meldungen|Aufrufe|Treffer warten|Filtern)\b/;
  expect(said(texts).filter((text) => wrong.test(text))).toEqual([]);
});

it('have the types of the English ones', async () => {
  const source = await readFile(new URL('en.json', import.meta.url), 'utf8');
  await expect(typesOf(JSON.parse(source))).toMatchFileSnapshot('messages.d.ts');
});

describe('a build', () => {
  const en = {
    group: { plain: 'Plain', filled: '{name} is here', counted: '{count, plural, one {one cat} other {{count} cats}}' },
  };
  const de = {
    group: {
      plain: 'Schlicht',
      filled: '{name} ist da',
      counted: '{count, plural, one {eine Katze} other {{count} Katzen}}',
    },
  };

  /** Builds a page that has these messages. */
  const buildWith = async (
    group: Partial<Record<keyof typeof de.group | 'more', string | undefined>>,
  ): Promise<void> => {
    const { path: folder, remove } = temporaryFolder();
    onTestFinished(remove);
    const entry = join(folder, 'entry.js');
    const kept = Object.entries({ ...de.group, ...group }).filter(([, text]) => text !== undefined);
    await writeFile(join(folder, 'en.json'), JSON.stringify(en));
    await writeFile(join(folder, 'de.json'), JSON.stringify({ group: Object.fromEntries(kept) }));
    await writeFile(entry, `export { default } from 'virtual:messages/de';`);
    await build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      plugins: [messages(pathToFileURL(`${folder}/`))],
      build: { write: false, lib: { entry, formats: ['es'] } },
    });
  };

  it.each([
    ['a number that a language does not need', { counted: '{count} Katzen' }],
    ['forms that are the same', { counted: '{count, plural, one {Katze} other {Katze}}' }],
    ['quoted braces', { plain: "f('{' a: 1 '}'), '{b}' und 'c'" }],
  ])('goes well with %s', async (_, group) => {
    await expect(buildWith(group)).resolves.toBeUndefined();
  });

  it.each([
    ['a message is missing', { plain: undefined }, 'group.plain is missing'],
    ['there is one more', { more: 'Mehr' }, 'group.more is a message of no name that is known'],
    ['one is empty', { plain: ' ' }, 'group.plain is empty'],
    ['a value is missing', { filled: 'Jemand ist da' }, 'group.filled lacks {name}'],
    ['a value is unknown', { filled: '{name} {nmae} ist da' }, 'group.filled has an unknown {nmae}'],
    [
      'a plural form is missing',
      { counted: '{count, plural, other {{count} Katzen}}' },
      'group.counted lacks the form one of {count}',
    ],
    [
      'the language has no such plural form',
      { counted: '{count, plural, one {eine} few {einige} other {viele}}' },
      'group.counted has a form few of {count}, which the language does not know',
    ],
    [
      'forms go by an unknown number',
      { counted: '{cuont, plural, one {eine} other {viele}}' },
      'group.counted has forms by an unknown {cuont}',
    ],
    ['a brace is open', { filled: '{name ist da' }, 'group.filled cannot be read from “ist da” on'],
    ['a brace is closed twice', { filled: '{name}} ist da' }, 'group.filled cannot be read from “} ist da” on'],
    [
      'it says more than is understood',
      { counted: '{count, plural, one {# Katze} other {# Katzen}}' },
      'group.counted cannot be read',
    ],
  ])('fails where %s', async (_, group, fault) => {
    await expect(buildWith(group)).rejects.toThrow(`de.json: ${fault}`);
  });
});

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CLICK_IDS } from './click-ids.ts';
import { sourceOfApp, sourceOfHost, sourceOfTag } from './source.ts';
import { squeeze } from './source-words.ts';
import { SOURCE_KINDS, SOURCES } from './sources.ts';

const rows = SOURCE_KINDS.flatMap((kind) =>
  Object.entries(SOURCES[kind]).map(([name, known]) => ({ kind, name, known: known.trim().split(/\s+/) })),
);
const repeated = (marks: readonly string[]): readonly string[] =>
  marks.filter((mark, index) => marks.indexOf(mark) !== index);

describe('the table of sources', () => {
  it('has each mark once, and words once in whatever way they are written', () => {
    const marks = rows.flatMap(({ known }) => known.map((mark) => mark.replace('$', '')));
    expect(repeated(marks)).toEqual([]);
    const words = marks.filter((mark) => !mark.includes('.')).map(squeeze);
    expect(repeated(words)).toEqual([]);
    // A name of several kinds is a word of the one that it means, if that is not the first.
    const names = rows.map(({ name }) => squeeze(name));
    const ofSeveral = repeated(names);
    expect(words.filter((word) => names.includes(word) && !ofSeveral.includes(word))).toEqual([]);
  });

  it('is found by every mark in it', () => {
    for (const { kind, name, known } of rows)
      for (const mark of known) {
        const paid = mark.startsWith('$');
        const text = mark.replace('$', '').replace('=', '').replace('*', 'com.br');
        expect(sourceOfTag(text), mark).toEqual({ name, kind, paid });
        if (text.includes('.')) expect(sourceOfHost(text), mark).toEqual({ name, kind, paid });
      }
  });

  it('is found by every name in it', () => {
    for (const { name } of rows) expect(sourceOfTag(name)?.name, name).toBe(name);
  });

  it('knows the source of every click id', () => {
    expect(CLICK_IDS.filter(({ source }) => sourceOfTag(source)?.name !== source)).toEqual([]);
  });

  it('is the one in docs/sources.md', async () => {
    const page = await readFile(new URL('../../../../../docs/sources.md', import.meta.url), 'utf8');
    const table = rows.map(
      ({ kind, name, known }) => `| ${kind} | ${name} | ${known.map((mark) => `\`${mark}\``).join(' ')} |`,
    );
    const clicks = CLICK_IDS.map(
      ({ parameter, source, paid }) => `| \`${parameter}\` | ${source} | ${paid ? 'yes' : 'no'} |`,
    );
    const shown = page
      .replace(/ +/g, ' ') // The formatter pads the cells.
      .split('\n')
      .filter((line) => new RegExp(`^\\| (?:\`|(?:${SOURCE_KINDS.join('|')}) )`).test(line));
    expect(shown).toEqual([...clicks, ...table]);
  });
});

describe('an app', () => {
  it('is known by the beginning of its id', () => {
    expect(sourceOfApp('com.instagram.android.preview')?.name).toBe('Instagram');
    expect(sourceOfApp('com.whatsapp.w4b')?.name).toBe('WhatsApp');
    expect(sourceOfApp('com.instagramm')).toBeUndefined();
    expect(sourceOfApp('com')).toBeUndefined();
  });
});

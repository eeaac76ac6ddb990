import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { sourceOfHost, sourceOfTag } from './source.ts';
import { CLICK_IDS, SOURCES, type SourceKind } from './sources.ts';

const kinds = Object.keys(SOURCES) as SourceKind[];
const rows = kinds.flatMap((kind) =>
  Object.entries(SOURCES[kind]).map(([name, known]) => ({ kind, name, known: known.split(' ') })),
);

describe('the table of sources', () => {
  it('names each name and each mark once', () => {
    const marks = rows.flatMap(({ name, known }) => [...new Set([name.toLowerCase(), ...known])]);
    expect(marks.filter((mark, index) => marks.indexOf(mark) !== index)).toEqual([]);
  });

  it('is found by every mark in it', () => {
    for (const { kind, name, known } of rows) {
      for (const mark of [name.toLowerCase(), ...known]) {
        expect(sourceOfTag(mark.replace('*', 'com.br')), mark).toEqual({ name, kind });
        if (mark.includes('.') && !mark.includes(' '))
          expect(sourceOfHost(mark.replace('*', 'de')), mark).toEqual({ name, kind });
      }
    }
  });

  it('knows the source of every click id', () => {
    expect(CLICK_IDS.filter(({ source }) => sourceOfTag(source) === undefined)).toEqual([]);
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
      .filter((line) => /^\| (?:`|(?:search|social|video|shopping|ai|email|site) )/.test(line));
    expect(shown).toEqual([...clicks, ...table]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrubPath } from '../../privacy/scrub/path.ts';
import { DIFFERENCES, type Difference } from '../../sites/rules.ts';
import { mergedPath } from './merged-path.ts';

describe('one page that has several addresses', () => {
  it.each<[Difference | 'none' | 'all', string, string]>([
    ['none', '//A//index.html/', '//A//index.html/'],
    ['final_slash', '/', '/'],
    ['final_slash', '/about/', '/about'],
    ['final_slash', '/about', '/about'],
    ['final_slash', '/about//', '/about'],
    ['final_slash', '/a%2F/', '/a%2F'],
    ['final_slash', '/app/#/settings/', '/app#/settings'],
    ['final_slash', '/app/#/', '/app#/'],
    ['final_slash', '/app#!/', '/app#!/'],
    ['double_slash', '//double///slash//', '/double/slash/'],
    ['double_slash', '/a#//b//c', '/a#/b/c'],
    ['index_file', '/index.html', '/'],
    ['index_file', '/shop/index.php', '/shop/'],
    ['index_file', '/shop/Default.aspx', '/shop/'],
    ['index_file', '/a/INDEX.HTM', '/a/'],
    ['index_file', '/a/index.xhtml', '/a/'],
    ['index_file', '/a/default.asp', '/a/'],
    ['index_file', '/a/index.jsp', '/a/'],
    ['index_file', '/a/index.php5', '/a/'],
    ['index_file', '/my-index.html', '/my-index.html'],
    ['index_file', '/index.html/more', '/index.html/more'],
    ['index_file', '/index', '/index'],
    ['index_file', '/index.json', '/index.json'],
    ['index_file', '/index.html#/index.html', '/#/index.html'],
    ['case', '/About/ÜBER', '/about/über'],
    ['case', '/A%2FB%C3', '/a%2Fb%C3'],
    ['case', '/İ', '/i̇'],
    ['case', '/#/Settings', '/#/settings'],
    ['all', '//Blog//Index.HTML', '/blog'],
    ['all', '/Index.php', '/'],
    ['all', '/x/index.html/', '/x'],
  ])('%s: %s is %s', (which, path, merged) => {
    const differences = which === 'all' ? DIFFERENCES : which === 'none' ? [] : [which];
    expect(mergedPath(path, differences)).toBe(merged);
  });

  it('merged once more it stays, and is a path as it is kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('/', '//', 'a', 'İ', 'Σ', 'index.html', '#/', '%2F', ' ', 'é'), { maxLength: 12 }),
        fc.subarray([...DIFFERENCES]),
        (pieces, differences) => {
          const merged = mergedPath(scrubPath(`/${pieces.join('')}`), differences);
          expect(scrubPath(merged)).toBe(merged);
          if (differences.length === DIFFERENCES.length && !merged.includes('index.html'))
            expect(mergedPath(merged, differences)).toBe(merged);
        },
      ),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { type TagOptions, USUAL } from './options.ts';
import { emailImage, noscriptImage, npmSnippet, type Script, scriptTag } from './snippets.ts';

const PLAIN: Script = { src: 'https://stats.example.com/p.js', endpoint: null };
const RENAMED: Script = { src: 'https://stats.example.com/a/s.js', endpoint: 'https://stats.example.com/take' };

describe('the script tag', () => {
  it.each<[what: string, options: Partial<TagOptions>, more: string]>([
    ['nothing', {}, ''],
    ['hash routing', { hash: true }, ' data-hash'],
    ['views by hand, here too', { manual: true, local: true }, ' data-local data-manual'],
    ['pages left out', { exclude: ['/admin/*', '/drafts'] }, ' data-exclude="/admin/*,/drafts"'],
    ['a quote in a pattern', { exclude: ['/a"b&c'] }, ' data-exclude="/a&quot;b&amp;c"'],
    ['the usual events', { auto: ['forms', 'outbound', 'downloads'] }, ''],
    [
      'pages not found too',
      { auto: ['outbound', 'downloads', 'forms', '404'] },
      ' data-auto="outbound,downloads,forms,404"',
    ],
    ['no events', { auto: [] }, ' data-auto=""'],
    ['a release without errors', { release: '1.2', console: 'warn' }, ''],
  ])('with %s', (_, options, more) => {
    const tag = `<script defer src="https://stats.example.com/p.js" data-site="shop.example"${more}></script>`;
    expect(scriptTag(PLAIN, 'shop.example', { ...USUAL, ...options })).toBe(tag);
  });

  it('with errors and logs is the full script', () => {
    const options: TagOptions = { ...USUAL, full: true, console: 'error', release: '1.2' };
    expect(scriptTag(PLAIN, 'shop.example', options)).toBe(
      '<script defer src="https://stats.example.com/p.full.js" data-site="shop.example" data-console="error" data-release="1.2"></script>',
    );
  });

  it('names the intake where the script would not find it', () => {
    expect(scriptTag(RENAMED, 'shop.example', { ...USUAL, full: true })).toBe(
      '<script defer src="https://stats.example.com/a/s.full.js" data-site="shop.example" data-to="https://stats.example.com/take"></script>',
    );
  });
});

it.each<[Script, string]>([
  [PLAIN, 'https://stats.example.com/in'],
  [RENAMED, 'https://stats.example.com/take'],
])('the package is told where the intake is', (script, to) => {
  expect(npmSnippet(script, 'shop.example', { ...USUAL, hash: true })).toBe(
    `import { init } from '@passerby/sdk';\n\ninit({\n  site: "shop.example",\n  to: "${to}",\n  hash: true,\n});`,
  );
});

it('with errors and logs the package has another entry', () => {
  expect(npmSnippet(PLAIN, 'shop.example', { ...USUAL, full: true, console: 'warn' })).toContain(
    `from '@passerby/sdk/full';`,
  );
});

it('images stand for what no script can report', () => {
  expect(noscriptImage(PLAIN, 'shop.example')).toBe(
    '<noscript><img src="https://stats.example.com/in.gif?s=shop.example" referrerpolicy="no-referrer-when-downgrade" alt="" width="1" height="1"></noscript>',
  );
  expect(emailImage(RENAMED, 'shop.example', 'News & more')).toBe(
    '<img src="https://stats.example.com/take.gif?s=shop.example&amp;o=News+%26+more" alt="" width="1" height="1">',
  );
});

import { expect, it } from 'vitest';
import { scriptTagsOf } from './find-tag.ts';

const PAGE = new URL('https://example.com/shop/');
const found = (html: string) => scriptTagsOf(html, PAGE).map(({ src, sites }) => [src?.href ?? null, ...sites]);

it.each<[string, ReturnType<typeof found>]>([
  [
    '<script defer src="https://stats.example.com/p.js" data-site="Example.com"></script>',
    [['https://stats.example.com/p.js', 'example.com']],
  ],
  [
    "<SCRIPT SRC='/p.js' DATA-SITE='a.example, b.example'></SCRIPT>",
    [['https://example.com/p.js', 'a.example', 'b.example']],
  ],
  [
    '<script src="/p.js" data-site=" a.example\n b.example,,"></script>',
    [['https://example.com/p.js', 'a.example', 'b.example']],
  ],
  ['<script src=p.js></script>', [['https://example.com/shop/p.js']]],
  ['<script src="//cdn.example/p.js?a=1&amp;b=2"></script>', [['https://cdn.example/p.js?a=1&b=2']]],
  [
    '<script>let a = "<script src=/no.js>"</script><script src=/yes.js></script>',
    [[null], ['https://example.com/yes.js']],
  ],
  ['<!-- <script src="/p.js"></script> --><p>', []],
  ['<script data-note="a > b" src="/p.js"></script>', [['https://example.com/p.js']]],
  ['<scripture src="/p.js">', []],
  ['<script src="http://[::1"></script>', [[null]]],
  ['<script src="/p.js', [[null]]],
])('%s', (html, tags) => {
  expect(found(html)).toEqual(tags);
});

it.each([
  '<script '.repeat(100_000),
  `<script ${'a'.repeat(800_000)}`,
  `<script "${'<script '.repeat(100_000)}`,
  '<!--'.repeat(200_000),
  `<script ${'a'.repeat(8100)}></script>`.repeat(128),
  '<script </script '.repeat(60_000),
])(
  'a megabyte of nonsense is read at once',
  (html) => {
    expect(found(html).every(([src]) => src === null)).toBe(true);
  },
  2000,
);

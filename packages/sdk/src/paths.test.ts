import { expect, test } from 'vitest';
import { isReported } from './paths.ts';
import { setUp } from './setup.ts';

/** Whether a page is reported whose address a browser writes as it writes all. */
const isWanted = (path: string, lists: { include?: string | string[]; exclude?: string | string[] }): boolean => {
  setUp({ to: 'https://stats.example/in', ...lists });
  return isReported(new URL(path, 'https://shop.example').href);
};

test.each([
  ['/admin', '/admin', false],
  ['/admin', '/admin/users', true],
  ['/admin', '/administration', true],
  ['/admin', '/x/admin', true],
  ['/admin/*', '/admin/users/1', false],
  ['*/edit', '/posts/1/edit', false],
  ['/a*z', '/a/b/z', false],
  ['/one,/two', '/two', false],
  ['/feed.xml', '/feedxxml', true],
  ['/a+(b', '/a+(b', false],
  ['/', '/', false],
  ['/', '/more', true],
  ['/admin', '/next?from=/admin', true],
  // As people write lists.
  ['/preview/*, /admin/*', '/admin/x', false],
  ['/preview/*,\n   /admin/*\n', '/admin/x', false],
  ['/preview/* /admin/*', '/admin/x', false],
  [' /admin ', '/admin', false],
  ['/admin,,', '/', true],
  [',', '/', true],
  ['', '/', true],
  ['', '/?', true],
  ['admin/*', '/admin/x', false],
  ['/my%20page/*', '/my page/x', false],
  ['/my%20page/*', '/else', true],
  ['/Admin', '/admin', false],
  // A slash at the end.
  ['/draft', '/draft/', false],
  ['/draft/', '/draft', false],
  ['/draft/*', '/draft', false],
  ['/draft/', '/drafts', true],
  // Letters of all alphabets, in either spelling.
  ['/über/*', '/über/x', false],
  ['/%C3%BCber/*', '/über/x', false],
  ['/%c3%bcber/*', '/über/x', false],
  ['/über', '/%c3%bcber', false],
  ['/секрет/*', '/секрет/1', false],
  ['/下書き', '/下書き/', false],
  ['/über', '/uber', true],
  ['/100%', '/100%', false],
  ['/a%20b', '/a b', false],
  ['/%FF/*', '/%ff/x', false],
  ['/admin/*', '/admin/%0A', false],
  // Routes of the hash.
  ['/#/admin/*', '/#/admin/x', false],
  ['/#/admin', '/#/admin/', false],
  ['/#/admin', '/#/other', true],
])('with %s excluded: is %s reported? %s', (exclude, path, counted) => {
  expect(isWanted(path, { exclude })).toBe(counted);
});

test.each([
  ['/blog/*, /docs', '/blog/a', true],
  ['/blog/*, /docs', '/docs/', true],
  ['/blog/*, /docs', '/', false],
  ['', '/', true],
  [' ', '/x', true],
  ['/größe', '/größe', true],
])('with %s included: is %s reported? %s', (include, path, counted) => {
  expect(isWanted(path, { include })).toBe(counted);
});

test('what is excluded is not reported although it is included; lists may be arrays', () => {
  const lists = { include: ['/blog/*', '/docs'], exclude: ['/blog/drafts/*'] };
  expect(isWanted('/blog/drafts/1', lists)).toBe(false);
  expect(isWanted('/blog/1', lists)).toBe(true);
});

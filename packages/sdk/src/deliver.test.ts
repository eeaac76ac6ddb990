import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDeliver } from './deliver.ts';

const fetch = vi.fn(async () => ({ status: 202 }));
beforeEach(() => vi.stubGlobal('fetch', fetch.mockClear()));
afterEach(() => vi.unstubAllGlobals());

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
])('with %s excluded: is %s reported? %s', (exclude, path, counted) => {
  const deliver = createDeliver({ site: 'shop.example', to: 'https://stats.example/in', exclude });
  deliver({ u: `https://shop.example${path}` }, [{ k: 'view' }]);
  expect(fetch).toHaveBeenCalledTimes(counted ? 1 : 0);
});

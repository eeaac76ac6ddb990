import { expect, it } from 'vitest';
import { scriptTag } from './script-tag.ts';

const URL = 'https://stats.example.com';

it.each([
  ['/p.js', '/in', ''],
  ['/js/count.js', '/js/in', ''],
  ['/js/count.js', '/in', ` data-to="${URL}/in"`],
  ['/p.js', '/events', ` data-to="${URL}/events"`],
])('a script at %s and an intake at %s', (script, intake, to) => {
  expect(scriptTag(URL, script, intake, 'example.com')).toBe(
    `<script defer src="${URL}${script}" data-site="example.com"${to}></script>`,
  );
});

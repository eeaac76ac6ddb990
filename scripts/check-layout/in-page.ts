import { readFileSync } from 'node:fs';
import ts from 'typescript';
import type { Page } from '../../test/support/browser.ts';
import type { Seen } from './seen.ts';

/** As a text: functions as tsx makes them call a helper that no page has. */
const LOOK = ts.transpile(readFileSync(new URL('look.ts', import.meta.url), 'utf8'), {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.CommonJS,
});

/** Looks at a page as it is now. */
export const lookAt = (page: Page): Promise<Seen> =>
  page.evaluate<Seen>(`(() => { const exports = {}; ${LOOK}; return exports.look(); })()`);

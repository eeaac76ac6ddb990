import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { cpuMs } from '../../../../../test/support/cpu.ts';
import { isInjected, MISSING, SAID } from './is-injected.ts';

const OWN = 'https://example.com/app.js:1:2';

it.each([
  // Whoever throws is innermost.
  ['', 'Error: x\n    at run (chrome-extension://abcdef/content.js:1:2)'],
  ['', `Error: x\n    at run (chrome-extension://abcdef/content.js:1:2)\n    at click (${OWN})`],
  [
    '',
    `Error: x\n    at JSON.parse (<anonymous>)\n    at run (chrome-extension://abcdef/content.js:1:2)\n    at ${OWN}`,
  ],
  ['', 'Error: x\n    at chrome-extension://abcdef/content.js:1:2'],
  ['', 'Error: x\n    at async run (chrome-extension://abcdef/content.js:1:2)'],
  ['', `run@moz-extension://00000000-0000-4000-8000-000000000000/content.js:1:2\nclick@${OWN}`],
  ['', '@moz-extension://[id]/content.js:1:2'],
  ['', 'run@safari-extension://com.example.one-abc/1/content.js:1:2'],
  ['', `run@safari-web-extension://ABCDEF/content.js:1:2\n${OWN}`],
  ['', 'safari-web-extension://ABCDEF/content.js:1:2'],
  ['', `run@webkit-masked-url://hidden/:1:2\n${OWN}`],
  ['', `parse@[native code]\n@webkit-masked-url://hidden/:1:2`],
  ['', 'Error: x\n    at run (ms-browser-extension://abcdef/content.js:1:2)'],
  ['', 'run@resource://gre/modules/Reader.sys.mjs:1:2'],
  // By what is said.
  ['Error: Extension context invalidated.', ''],
  ['Extension context invalidated', ''],
  ['Object Not Found Matching Id:3, MethodName:update, ParamCount:4', ''],
  ['Non-Error promise rejection captured with value: Object Not Found Matching Id:12, MethodName:x', ''],
  ["ReferenceError: Can't find variable: gmo", `global code@${OWN}`],
  ['ReferenceError: gmo is not defined', ''],
  ["TypeError: undefined is not an object (evaluating 'window.__gCrWeb.autofill.extractForms')", `global code@${OWN}`],
  ["ReferenceError: Can't find variable: __gCrWeb", ''],
  ["TypeError: null is not an object (evaluating 'window.__firefox__.reader')", ''],
  ["ReferenceError: Can't find variable: _AutofillCallbackHandler", ''],
  ["ReferenceError: Can't find variable: instantSearchSDKJSBridgeClearHighlight", ''],
  ['Error: Error invoking postMessage: Java object is gone', ''],
  ['ReferenceError: xbrowser is not defined', ''],
  ['Error: Could not establish connection. Receiving end does not exist.', ''],
])('%j %j is not the site’s', (message, stack) => {
  expect(isInjected({ kind: 'error', at: 0, message, stack })).toBe(true);
});

it.each([
  ['', ''],
  ['TypeError: x', `Error: x\n    at run (${OWN})`],
  // An extension that calls what the site throws, or wraps it.
  ['', `Error: x\n    at run (${OWN})\n    at click (chrome-extension://abcdef/content.js:1:2)`],
  ['', `run@${OWN}\nclick@moz-extension://00000000-0000-4000-8000-000000000000/content.js:1:2`],
  ['', `Error: x\n    at run (${OWN})\nCaused by: Error: y\n    at chrome-extension://abcdef/content.js:1:2`],
  // It is only spoken of.
  ['Error: chrome-extension://abcdef/content.js:1:2 is missing', `run@${OWN}`],
  ['Error: no chrome-extension://abcdef/', 'Error: no chrome-extension://abcdef/'],
  ['', 'Error: x\n    at run (https://example.com/chrome-extension/content.js:1:2)'],
  ['', 'Error: x\n    at run (https://example.com/app.js?from=chrome-extension://abcdef:1:2)'],
  ['', 'Error: x\n    at chromeExtension (webpack-internal:///./src/app.js:1:2)'],
  ["ReferenceError: Can't find variable: gmoney", ''],
  ['ReferenceError: egmo is not defined', ''],
  ['Error: gmo', ''],
  ['Error: the extension is invalid', ''],
  ['Error: my__gCrWebs', ''],
])('%j %j is', (message, stack) => {
  expect(isInjected({ kind: 'error', at: 0, message, stack })).toBe(false);
});

it('is no cost that a client can cause', () => {
  const texts = [
    'Can’t find variable: '.repeat(3000),
    '__gCrWe'.repeat(9000),
    ':1'.repeat(30_000),
    'http://'.repeat(9000),
  ];
  const hits = texts.flatMap((text) => [
    { kind: 'error', at: 0, message: text, stack: text } as const,
    { kind: 'error', at: 0, message: '', stack: `    at ${text}\n`.repeat(60) } as const,
  ]);
  const took = cpuMs(() => {
    for (const hit of hits) isInjected(hit);
  });
  expect(took).toBeLessThan(200);
});

it('looks at errors alone', () => {
  expect(isInjected({ kind: 'log', at: 0, severity: 'info', message: '__gCrWeb', props: {} })).toBe(false);
});

it.each([...SAID, ...MISSING])('docs/left-out.md names %s', async (said) => {
  const page = await readFile(new URL('../../../../../docs/left-out.md', import.meta.url), 'utf8');
  expect(page.replace(/\s+/g, ' ')).toContain(`\`${said}\``);
});

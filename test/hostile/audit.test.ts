import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const AUDIT = fileURLToPath(new URL('../../scripts/audit.mjs', import.meta.url));

/** A hole as a registry tells of it. */
const hole = (severity: string, path: string): object => ({
  advisories: {
    1: {
      id: 1,
      module_name: 'leaky',
      severity,
      title: 'It leaks.',
      url: 'https://example.com/1',
      findings: [{ version: '1.0.0', paths: [path] }],
    },
  },
});

/** Runs the audit against a registry that gives this answer. */
const audited = async (status: number, answer: object): Promise<{ code: number; said: string; asked: string }> => {
  let asked = '';
  const registry = createServer((request, response) => {
    asked = request.url ?? '';
    response.writeHead(status, { 'content-type': 'application/json' });
    request.resume().on('end', () => response.end(JSON.stringify({ metadata: { vulnerabilities: {} }, ...answer })));
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const { port } = registry.address() as AddressInfo;
  const result = await new Promise<{ code: number; said: string }>((resolve) => {
    execFile(process.execPath, [AUDIT, `--registry=http://127.0.0.1:${port}/`], (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr }),
    );
  });
  registry.close();
  return { ...result, asked };
};

test.each<[string, number, object, number, RegExp]>([
  ['nothing', 200, { advisories: {} }, 0, /^Dependencies have no known hole/],
  ['a small hole', 200, hole('moderate', 'packages__collector>leaky'), 0, /^Dependencies have no known hole/],
  ['a hole in the product', 200, hole('high', 'packages__collector>x>leaky'), 1, /holes:\n {2}high: leaky It leaks/],
  ['a worse one in the dashboard', 200, hole('critical', 'packages__dashboard>leaky'), 1, /critical: leaky It leaks/],
  ['a hole in a tool', 200, hole('critical', '.>vite>leaky'), 0, /critical: leaky \(a tool\) It leaks/],
  ['no answer', 405, {}, 0, /^Dependencies were NOT audited: .*405/],
])('where the registry knows of %s', async (_what, status, answer, code, said) => {
  const result = await audited(status, answer);
  expect(result).toMatchObject({ code, said: expect.stringMatching(said) });
  expect(result.asked).toContain('/audits');
});

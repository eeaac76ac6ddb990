/**
 * `npm run check:metrics`: what the built collector answers to Prometheus, and the files of `deploy/prometheus`, through
 * Prometheus' own tool. Not a part of `npm test`, because it needs that: `apt-get install prometheus`.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REAL_AGENT } from '../test/support/agent.ts';
import { type CollectorProcess, OWNER_TOKEN, startCollectorProcess } from '../test/support/collector-process.ts';
import { temporaryFolder } from '../test/support/temporary-folder.ts';

const RULES = fileURLToPath(new URL('../deploy/prometheus', import.meta.url));
const print = (text: string): boolean => process.stdout.write(`${text}\n`);

const folder = temporaryFolder();
const promtool = (args: readonly string[], input = ''): void => {
  const { status, error, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8', cwd: folder.path });
  if (error) throw new Error('promtool is not here: apt-get install prometheus', { cause: error });
  print(`$ promtool ${args.join(' ')}\n${stdout}${stderr}exit code ${status}\n`);
  assert.equal(status, 0);
  // What is only warned of is printed, and no failure to the tool.
  if (args[1] === 'metrics') assert.equal(stdout + stderr, '');
};

/** Has each kind of number begin. */
const use = async (collector: CollectorProcess): Promise<void> => {
  await collector.api('POST', '/api/sites', { domain: 'example.com' });
  const body = JSON.stringify({ s: 'example.com', u: 'https://example.com/', i: [{ k: 'view' }] });
  await fetch(`${collector.url}/in`, { method: 'POST', headers: { 'user-agent': REAL_AGENT }, body });
  await collector.query({ site_id: 'example.com', metrics: ['visitors'], date_range: '7d' });
  for (const path of ['/p.js', '/', '/in.gif', '/api/sites/none.example']) await fetch(collector.url + path);
};

const metricsOf = async ({ api }: CollectorProcess): Promise<string> => {
  const answer = await api('GET', '/metrics');
  assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
  return answer.text();
};

const collector = await startCollectorProcess(folder.path);
try {
  await use(collector);
  const text = await metricsOf(collector);
  print(`${text.match(/^# TYPE/gm)?.length} metrics, ${text.match(/^[a-z]/gm)?.length} series\n`);
  promtool(['check', 'metrics'], text);
} finally {
  await collector.end();
}
cpSync(RULES, folder.path, { recursive: true });
const scrape = readFileSync(join(RULES, 'scrape.yml'), 'utf8');
writeFileSync(join(folder.path, 'token'), OWNER_TOKEN);
writeFileSync(join(folder.path, 'scrape.yml'), scrape.replace(/(?<=credentials_file: ).*/, 'token'));
promtool(['check', 'config', 'scrape.yml']);
promtool(['check', 'rules', 'alerts.yml']);
promtool(['test', 'rules', 'alerts.test.yml']);
folder.remove();

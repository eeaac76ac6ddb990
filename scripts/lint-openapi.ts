/** `npm run lint:openapi`: looks through the OpenAPI document with Redocly's recommended rules, which npx gets. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestCollector } from '../test/support/test-collector.ts';

const collector = await startTestCollector();
const folder = mkdtempSync(join(tmpdir(), 'passerby-openapi-'));
const file = join(folder, 'openapi.json');
writeFileSync(file, await (await collector.request('/api/openapi.json')).text());
await collector.stop();
const { status } = spawnSync('npx', ['--yes', '@redocly/cli@2.77.0', 'lint', '--extends=recommended', file], {
  stdio: 'inherit',
  env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
});
rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;

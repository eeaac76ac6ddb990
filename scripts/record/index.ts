/**
 * `npm run record -- OUT [--of CHECKOUT]`: writes down all that can be seen of a built checkout, to be compared with that of
 * another: `npm run record -- --compare A B`. What changes nothing anybody sees leaves no difference.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { askAll, CHANGE, FURNISH, follow, OWNER_TOKEN, type Reference } from './answers.ts';
import { createAsk } from './ask.ts';
import { sendStrange, sendStream } from './beacons.ts';
import { runAlone, runOnline, runRestore } from './commands.ts';
import { compare } from './compare.ts';
import { askMetrics, askPages } from './pages.ts';
import { BEGIN, type Product, productOf, said } from './product.ts';
import { askQuestions } from './questions.ts';
import { printOf, Recording } from './recording.ts';
import { recordRows } from './rows.ts';

const DAY_MS = 86_400_000;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** The bytes that a visitor's browser loads, and how much JavaScript the dashboard begins with. */
const recordScripts = (checkout: string, recording: Recording): void => {
  const [sdk, dashboard] = ['sdk', 'dashboard'].map((name) => join(checkout, 'packages', name, 'dist')) as [
    string,
    string,
  ];
  const scripts = readdirSync(sdk).filter((name) => /^p\..*js(?:\.br|\.gz)?$/.test(name));
  for (const name of scripts.sort()) recording.add('scripts.txt', `${name}: ${printOf(readFileSync(join(sdk, name)))}`);
  const page = readFileSync(join(dashboard, 'index.html'), 'utf8');
  for (const [, path = ''] of page.matchAll(/<(?:script|link)[^>]*(?:src|href)="(\/assets\/[^"]+\.js)"/g))
    for (const suffix of ['', '.br', '.gz'])
      recording.add('scripts.txt', `${path}${suffix}: ${readFileSync(join(dashboard, path) + suffix).length} bytes`);
};

const recordCollector = async (product: Product, recording: Recording, dataDir: string): Promise<void> => {
  const collector = product([], {
    DATA_DIR: dataDir,
    PORT: '0',
    HOST: '127.0.0.1',
    OWNER_TOKEN,
    TRUSTED_PROXIES: '127.0.0.1',
  });
  const [banner, port = ''] = await said(collector, /http:\/\/localhost:(\d+)[\s\S]*Script tag.*\n/);
  const ask = createAsk(`http://127.0.0.1:${port}`, recording);
  const stored = async (): Promise<void> => {
    for (let waiting = 1; waiting > 0; await sleep(50)) {
      const { body } = await ask(null, { path: '/api/status', headers: { authorization: `Bearer ${OWNER_TOKEN}` } });
      waiting = JSON.parse(body.toString()).keeping.waiting;
    }
  };
  try {
    const callers = { nobody: {} };
    const values = new Map([['setup', /setup#token=(\S+)/.exec(banner)?.[1] ?? '']]);
    await follow(ask, FURNISH, callers, values);
    await sendStream(ask);
    await collector.setClock(BEGIN + DAY_MS);
    // The day on which a session or token was last used is written behind the answer's back.
    for (const headers of Object.values(callers)) await ask(null, { path: '/api/sites', headers });
    await sendStream(ask);
    await sendStrange(ask);
    await stored();
    const { body } = await ask(null, { path: '/api/openapi.json' });
    await askAll(ask, JSON.parse(body.toString()) as Reference, callers);
    await askQuestions(ask);
    await askPages(ask);
    await askMetrics(ask, recording);
    await runOnline(product, recording, dataDir);
    await follow(ask, CHANGE, callers, values);
  } finally {
    collector.process.kill('SIGTERM');
    const { code, stdout, stderr } = await collector.ended;
    recording.add('commands/serve.txt', `${stdout}--- stderr\n${stderr}--- ended with ${code}`);
  }
};

const record = async (checkout: string, out: string): Promise<void> => {
  // Files of another recording would be compared with it.
  if (existsSync(out) && readdirSync(out).length > 0) throw new Error(`${out} is not empty: name a new folder.`);
  const folder = mkdtempSync(join(tmpdir(), 'passerby-record-'));
  const dataDir = join(folder, 'data');
  const port = await freePort();
  const recording = new Recording();
  recording.hide(checkout, '<checkout>');
  recording.hide(folder, '<folder>');
  try {
    const product = productOf(checkout, folder);
    recordScripts(checkout, recording);
    const alone = runAlone(product, recording, join(folder, 'none'));
    await recordCollector(product, recording, dataDir);
    await recordRows(product, recording, dataDir, port);
    await runRestore(product, recording, join(folder, 'restored'));
    await alone;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  recording.write(out);
};

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const { values, positionals } = parseArgs({
  options: { of: { type: 'string' }, compare: { type: 'boolean' } },
  allowPositionals: true,
});
const [first, second] = positionals.map((path) => resolve(path));
if (first === undefined || values.compare !== (second !== undefined || undefined)) {
  process.stderr.write('npm run record -- OUT [--of CHECKOUT]\nnpm run record -- --compare A B\n');
  process.exit(1);
}
if (second !== undefined) process.exitCode = compare(first, second, say) === 0 ? 0 : 1;
else await record(resolve(values.of ?? fileURLToPath(new URL('../..', import.meta.url))), first);

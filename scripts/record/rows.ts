import { type Product, said } from './product.ts';
import type { Recording } from './recording.ts';

const PASSWORD = 'password-of-the-recorded-engine';

/** Reads all tables of a stopped collector through `passerby engine`: what they are, and their rows, columns by name. */
export const recordRows = async (
  product: Product,
  recording: Recording,
  dataDir: string,
  port: number,
): Promise<void> => {
  const engine = product(['engine', '--port', String(port), '--data', dataDir], { CLICKHOUSE_PASSWORD: PASSWORD });
  await said(engine, /The engine is ready/);
  const query = async (sql: string): Promise<string> => {
    const headers = { authorization: `Basic ${btoa(`passerby:${PASSWORD}`)}` };
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: sql });
    const answer = await response.text();
    if (!response.ok) throw new Error(answer);
    return answer;
  };
  const list = async (sql: string): Promise<string[]> =>
    (await query(`${sql} FORMAT TSVRaw`)).split('\n').filter(Boolean);
  try {
    for (const table of await list('SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name')) {
      const of = `database = currentDatabase() AND table = '${table}'`;
      const [kind = ''] = await list(
        `SELECT engine FROM system.tables WHERE database = currentDatabase() AND name = '${table}'`,
      );
      recording.add(`rows/${table}.txt`, await query(`SHOW CREATE TABLE ${table} FORMAT TSVRaw`));
      if (!kind.includes('MergeTree')) continue;
      // What is still to be merged is as if it was.
      const final = /Replacing|Summing|Aggregating/.test(kind) ? ' FINAL' : '';
      const columns = await list(`SELECT name FROM system.columns WHERE ${of} ORDER BY name`);
      const names = columns.map((name) => `\`${name}\``).join(', ');
      recording.add(
        `rows/${table}.txt`,
        await query(`SELECT ${names} FROM ${table}${final} ORDER BY ALL FORMAT JSONEachRow`),
      );
    }
  } finally {
    engine.process.kill('SIGTERM');
    const { code, stdout, stderr } = await engine.ended;
    recording.add('commands/engine.txt', `${stdout}--- stderr\n${stderr}--- ended with ${code}`);
  }
};

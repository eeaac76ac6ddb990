import { linesOf } from './ask.ts';
import type { Ended, Product } from './product.ts';
import type { Recording } from './recording.ts';

/** Those that a running collector answers; the later ones need what the earlier ones made. */
const ONLINE = `
site add new.example --timezone Europe/Berlin --name New
site add new.example
site add 'no domain'
site add other.example --timezone Mars/Base
site list
user add carl@blog.example --role editor --site blog.example --url https://stats.example.com/x
user add carl
user add carl@blog.example --site none.example
user add carl@blog.example --url nowhere
user reset viewer@blog.example
user reset viewer@blog.example --without-second-factor --url https://stats.example.com
user reset nobody@blog.example
token create Script --scope write --site blog.example --site shop.example
token create Script --site none.example
query blog.example
query blog.example --by event:page --metrics visitors,pageviews --limit 2
query blog.example --by visit:source,visit:country --csv --period 2040-05-01,2040-05-31
query blog.example --by visit:browser --filter 'visit:country is DE,US' --json
query blog.example --metrics none
query blog.example --filter nonsense
query blog.example --limit many
query none.example
serve
engine --port 1
restore backup.file
replay
replay --discard-damaged
backup backup.file
backup backup.file
backup no/folder/backup.file`;

/** Those that need none; each for itself. */
const ALONE = `
help
--help
nonsense
site remove
site add a.example
site add a.example b.example
query a.example
user add a@b.example --role king
user reset a@b.example
token create Script --scope all
serve a.example
engine --port 70000
engine --host ''
restore none.file
replay
backup a.file`;

const NAMES = [
  ...['serve', 'site add', 'site list', 'user add', 'user reset', 'token create'],
  ...['query', 'backup', 'restore', 'replay', 'engine'],
];

/** Settings that cannot be. */
const WRONG = `
PORT=x
HOST=300.1.1.1 PORT=0
CLICKHOUSE_URL=nowhere
CLICKHOUSE_CLUSTER=-
SPOOL_MAX=1
SPOOL_FSYNC=yes
TRUSTED_PROXIES=x
CLIENT_LIMIT=-1
MAX_BROWSERS=1
OWNER_EMAIL=x
OWNER_PASSWORD=short
OWNER_TOKEN=short
INTAKE_PATH=in
DEMO=2
GEO_DB=/none PORT=0 OWNER_TOKN=x`;

/** Words of a line, as a shell takes them apart. */
const wordsOf = (line: string): string[] => (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''));

const record = (recording: Recording, file: string, title: string, { code, stdout, stderr }: Ended): void =>
  recording.add(file, `$ ${title}\n${stdout}${stderr && `--- stderr\n${stderr}`}--- ended with ${code}\n`);

/** Runs the commands which a running collector answers, one after the other. */
export const runOnline = async (product: Product, recording: Recording, dataDir: string): Promise<void> => {
  for (const line of linesOf(ONLINE))
    record(recording, 'commands/online.txt', line, await product(wordsOf(line), { DATA_DIR: dataDir }).ended);
};

/** Runs a restore of the backup that the others made. */
export const runRestore = async (product: Product, recording: Recording, dataDir: string): Promise<void> =>
  record(
    recording,
    'commands/restore.txt',
    'restore',
    await product(['restore', 'backup.file'], { DATA_DIR: dataDir }).ended,
  );

/** Runs those that need none, and starts that cannot succeed. */
export const runAlone = async (product: Product, recording: Recording, dataDir: string): Promise<void> => {
  const helps = NAMES.flatMap((name) => [`help ${name}`, `${name} --unknown`]);
  for (const line of [...linesOf(ALONE), ...helps])
    record(recording, 'commands/alone.txt', line, await product(wordsOf(line), { DATA_DIR: dataDir }).ended);
  for (const line of linesOf(WRONG)) {
    const env = Object.fromEntries(line.split(' ').map((setting) => setting.split('=')));
    record(recording, 'commands/settings.txt', line, await product(['serve'], { DATA_DIR: dataDir, ...env }).ended);
  }
};

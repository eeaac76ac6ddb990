import { createRequire } from 'node:module';
import packageJson from '../../package.json' with { type: 'json' };
import { MIGRATIONS } from '../store/migrate.ts';
import { command, JSON_OPTION } from './command.ts';
import { tell } from './output.ts';

/** `passerby version` */
export const version = command({
  name: 'version',
  does: 'Says which Passerby this is, also as passerby --version, and what it runs on.',
  takes: {},
  options: { json: JSON_OPTION },
  examples: ['passerby version --json'],
  run: async ({ values: { json } }) => {
    const of = versions();
    tell(json, of, () => lines(of));
  },
});

/** The versions of this program, which may not be those of a collector that runs. */
export const versions = () => ({
  passerby: packageJson.version,
  node: process.versions.node,
  platform: `${process.platform} ${process.arch}`,
  /** Of the embedded engine's package; null: it is not installed. */
  engine: engineVersion(),
  /** Of the tables. */
  schema: MIGRATIONS.length,
});

const engineVersion = (): string | null => {
  try {
    return (createRequire(import.meta.url)('chdb/package.json') as { version: string }).version;
  } catch {
    return null;
  }
};

const lines = ({ passerby, node, platform, engine, schema }: ReturnType<typeof versions>): string =>
  [
    `Passerby ${passerby}`,
    `Node     ${node}, ${platform}`,
    `Engine   ${engine === null ? 'not installed' : `chDB ${engine}`}`,
    `Tables   version ${schema}`,
  ].join('\n');

import { engine } from './commands/engine.ts';
import { replay } from './commands/replay.ts';
import { serve } from './commands/serve.ts';
import { ConfigError } from './config.ts';
import { DataDirError } from './data-dir.ts';
import { EngineError } from './engine/errors.ts';
import { GeoError } from './privacy/geo.ts';
import { StartError } from './start-error.ts';
import { ClusterError, NewerSchemaError } from './store/migrate.ts';

/** What can be run, as `passerby serve`. Each takes its arguments and the environment. */
const COMMANDS: Readonly<
  Record<string, (args: readonly string[], env: Readonly<Record<string, string | undefined>>) => Promise<void>>
> = { serve, engine, replay };

/** Errors whose message is all that whoever started it needs. */
const EXPECTED = [StartError, ConfigError, DataDirError, EngineError, GeoError, ClusterError, NewerSchemaError];

const run = async ([name = 'serve', ...args]: readonly string[]): Promise<void> => {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined)
    throw new StartError(
      `There is no command ${JSON.stringify(name)}: it is one of ${Object.keys(COMMANDS).join(', ')}.`,
    );
  await command(args, process.env);
};

run(process.argv.slice(2)).catch((error: unknown) => {
  const expected = EXPECTED.some((kind) => error instanceof kind);
  process.stderr.write(`${expected ? (error as Error).message : (error as Error).stack}\n`);
  process.exit(1);
});

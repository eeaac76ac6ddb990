import { readConfig } from '../config/config.ts';
import { type Command, oneOf, readArguments } from './command.ts';
import { operatorOf } from './control/client.ts';
import { answer } from './output.ts';

/** `passerby token create` */
export const tokenCreate: Command = {
  name: 'token create',
  takes: 'NAME [--scope read|write] [--site DOMAIN]…',
  does: 'Makes an API token, for all sites unless some are named, and prints it: it is shown this once.',
  async run(args, env) {
    const { positionals, values } = readArguments(tokenCreate, args, ['NAME'], {
      scope: { type: 'string', default: 'read' },
      site: { type: 'string', multiple: true },
    });
    const scope = oneOf('--scope', ['read', 'write'], values.scope);
    const body = { name: positionals.NAME, scope, sites: values.site ?? null };
    const named = { name: 'NAME', scope: '--scope', sites: '--site', site: '--site' };
    const { token } = await operatorOf(readConfig(env).DATA_DIR).ask<{ token: string }>(
      'POST',
      '/api/tokens',
      body,
      named,
    );
    answer(token);
  },
};

import { ROLES } from '../accounts/role.ts';
import { readConfig } from '../config/config.ts';
import { StartError } from '../config/start-error.ts';
import { type Command, oneOf, readArguments } from './command.ts';
import { operatorOf } from './control/client.ts';
import { answer } from './output.ts';

interface Link {
  readonly link: string;
  readonly expires: string;
}

/** Where others find the dashboard: the collector is asked as 127.0.0.1. null: not said. @throws StartError */
const dashboardOrigin = (address: string | undefined): string | null => {
  if (address === undefined) return null;
  if (!/^https?:/.test(address) || !URL.canParse(address))
    throw new StartError(
      `--url: must be an address such as https://stats.example.com, not ${JSON.stringify(address)}.`,
    );
  return new URL(address).origin;
};

const tell = (what: string, { link, expires }: Link, origin: string | null): void => {
  const { origin: own, pathname, hash } = new URL(link);
  const until = new Date(expires).toUTCString();
  answer(`${what}, good once, until ${until}:\n\n  ${(origin ?? own) + pathname + hash}\n`);
};

/** `passerby user add` */
export const userAdd: Command = {
  name: 'user add',
  takes: 'EMAIL [--role owner|editor|viewer] [--site DOMAIN] [--url https://stats.example.com]',
  does: 'Prints a link by which somebody makes an account: a viewer of everything, unless told otherwise. No e-mail is sent.',
  async run(args, env) {
    const { positionals, values } = readArguments(userAdd, args, ['EMAIL'], {
      role: { type: 'string', default: 'viewer' },
      site: { type: 'string' },
      url: { type: 'string' },
    });
    const { site } = values;
    const origin = dashboardOrigin(values.url);
    const email = positionals.EMAIL;
    const role = oneOf('--role', ROLES, values.role);
    const body = { email, role, ...(site !== undefined && { site }) };
    const named = { email: 'EMAIL', role: '--role', site: '--site' };
    const made = await operatorOf(readConfig(env).DATA_DIR).ask<Link>('POST', '/api/operator/accounts', body, named);
    tell(`An invitation for ${email}, ${role} of ${site ?? 'every site'}`, made, origin);
  },
};

/** `passerby user reset` */
export const userReset: Command = {
  name: 'user reset',
  takes: 'EMAIL [--without-second-factor] [--url https://stats.example.com]',
  does: 'Prints a link by which somebody sets a new password, and turns the second factor off if told so. No e-mail is sent.',
  async run(args, env) {
    const { positionals, values } = readArguments(userReset, args, ['EMAIL'], {
      'without-second-factor': { type: 'boolean', default: false },
      url: { type: 'string' },
    });
    const email = positionals.EMAIL;
    const origin = dashboardOrigin(values.url);
    const body = { email, ...(values['without-second-factor'] && { totp: false }) };
    const operator = operatorOf(readConfig(env).DATA_DIR);
    const made = await operator.ask<Link>('POST', '/api/operator/accounts/reset', body, { email: 'EMAIL' });
    tell(`A new password for ${email}`, made, origin);
  },
};

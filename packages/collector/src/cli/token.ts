import { SCOPES } from '../accounts/token-store.ts';
import { dataDirIn } from '../config/config.ts';
import { command, JSON_OPTION, oneOf } from './command.ts';
import { operatorOf } from './control/client.ts';
import { tell } from './output.ts';

/** `passerby token create` */
export const tokenCreate = command({
  name: 'token create',
  does: 'Makes an API token, for all sites unless some are named, and prints it: it is shown this once.',
  takes: { NAME: 'what it is for, as it is listed' },
  options: {
    scope: { type: 'string', value: SCOPES.join('|'), default: 'read', what: 'what it may do' },
    site: { type: 'string', value: 'DOMAIN', multiple: true, what: 'a site that it is for' },
    json: JSON_OPTION,
  },
  examples: ["passerby token create 'Weekly report' --site example.com"],
  async run({ positionals: { NAME: name }, values: { json, ...given } }, env) {
    const scope = oneOf('--scope', SCOPES, given.scope);
    const made = await operatorOf(dataDirIn(env)).ask<{ token: string }>(
      'POST',
      '/api/tokens',
      { name, scope, sites: given.site.length === 0 ? null : given.site },
      { name: 'NAME', scope: '--scope', sites: '--site', site: '--site' },
    );
    tell(json, made, () => made.token);
  },
});

import { SCOPES } from '../accounts/token-store.ts';
import { dataDirIn } from '../config/config.ts';
import { UsageError } from '../config/start-error.ts';
import { shownHost } from '../sites/host-name.ts';
import { command, JSON_OPTION, oneOf } from './command.ts';
import { operatorOf } from './control/client.ts';
import { notFound } from './not-found.ts';
import { report, tell } from './output.ts';
import { tableOf } from './table.ts';

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

interface Token {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly sites: readonly string[] | null;
  readonly account: string | null;
  readonly created: string;
  readonly lastUsed: string | null;
}

/** `passerby token list` */
export const tokenList = command({
  name: 'token list',
  does: 'Lists the API tokens; what they are is shown nowhere.',
  takes: {},
  options: { json: JSON_OPTION },
  examples: ['passerby token list'],
  async run({ values: { json } }, env) {
    const answer = await operatorOf(dataDirIn(env)).ask<{ tokens: Token[] }>('GET', '/api/tokens');
    tell(json, answer, () => listed(answer.tokens));
  },
});

const listed = (tokens: readonly Token[]): string => {
  if (tokens.length === 0) return 'There is no token yet.';
  const rows = tokens.map(({ id, name, scope, sites, account, created, lastUsed }) => [
    id,
    name,
    scope,
    sites?.map(shownHost).join(' ') ?? 'all',
    account ?? 'who runs the collector',
    created.slice(0, 10),
    lastUsed,
  ]);
  return tableOf(['ID', 'NAME', 'SCOPE', 'SITES', 'OF', 'CREATED', 'LAST USED'], rows);
};

/** `passerby token revoke` */
export const tokenRevoke = command({
  name: 'token revoke',
  does: 'Deletes an API token: it is refused from then on.',
  takes: { 'NAME|ID': 'the token, as it is listed' },
  options: { json: JSON_OPTION },
  examples: ["passerby token revoke 'Weekly report'"],
  async run({ positionals: { 'NAME|ID': typed }, values: { json } }, env) {
    const operator = operatorOf(dataDirIn(env));
    const { tokens } = await operator.ask<{ tokens: Token[] }>('GET', '/api/tokens');
    const { id, name } = meant(tokens, typed);
    await operator.ask('DELETE', `/api/tokens/${encodeURIComponent(id)}`);
    report(json, { id, name }, () => `The token ${JSON.stringify(name)} is revoked.`);
  },
});

/** An id is one token's; a name may be several's. */
const meant = (tokens: readonly Token[], typed: string): Token => {
  const byId = tokens.filter(({ id }) => id === typed);
  const found = byId.length > 0 ? byId : tokens.filter(({ name }) => name === typed.trim());
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first;
  const field = 'NAME|ID';
  if (first !== undefined)
    throw new UsageError(
      field,
      `${found.length} tokens are called ${JSON.stringify(typed)}: name one by its id (${found.map(({ id }) => id).join(', ')}).`,
    );
  const known = tokens.map(({ name }) => name);
  throw notFound(field, 'token', typed, known);
};

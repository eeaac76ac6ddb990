import { EVERYWHERE, ROLES, type Role } from '../accounts/role.ts';
import { dataDirIn } from '../config/config.ts';
import { ownPathOf } from '../config/own-paths.ts';
import { UsageError } from '../config/start-error.ts';
import { publicUrlOf } from '../lib/public-url.ts';
import { shownHost } from '../sites/host-name.ts';
import { command, JSON_OPTION, oneOf } from './command.ts';
import { operatorOf } from './control/client.ts';
import { notFound } from './not-found.ts';
import { report, tell } from './output.ts';
import { tableOf } from './table.ts';

interface Link {
  readonly link: string;
  readonly expires: string;
}

/** Where others find the dashboard, in place of PUBLIC_URL. null: not said. @throws StartError */
const placeIn = (address: string | undefined): string | null => {
  if (address === undefined) return null;
  try {
    const { origin, base } = publicUrlOf(address);
    // One of its pages stands for the place where it is.
    return ownPathOf(base) === null ? origin + base : origin;
  } catch (error) {
    throw new UsageError('--url', `${(error as Error).message}.`);
  }
};

/** The link as others reach it. */
const told = ({ link, expires }: Link, place: string | null): Link => {
  const [, page = ''] = /(\/\w+#.*)$/.exec(link) ?? [];
  return { link: place === null ? link : place + page, expires };
};

const sentence = (what: string, { link, expires }: Link): string =>
  `${what}, good once, until ${new Date(expires).toUTCString()}:\n\n  ${link}\n`;

const URL_OPTION = {
  type: 'string',
  value: 'https://stats.example.com',
  what: 'how others reach the dashboard; without it the link begins with PUBLIC_URL, else with this machine',
} as const;

/** `passerby user add` */
export const userAdd = command({
  name: 'user add',
  does: 'Prints a link by which somebody makes an account: a viewer of everything, unless told otherwise. No e-mail is sent.',
  takes: { EMAIL: 'the address with which they sign in' },
  options: {
    role: { type: 'string', value: [...ROLES].reverse().join('|'), default: 'viewer', what: 'what they may do' },
    site: { type: 'string', value: 'DOMAIN', what: 'the one site that they may see; without it all, also later ones' },
    url: URL_OPTION,
    json: JSON_OPTION,
  },
  examples: ['passerby user add ann@example.com --role editor --site example.com'],
  async run({ positionals: { EMAIL: email }, values: { json, site, ...given } }, env) {
    const place = placeIn(given.url);
    const role = oneOf('--role', ROLES, given.role);
    const body = { email, role, ...(site !== undefined && { site }) };
    const named = { email: 'EMAIL', role: '--role', site: '--site' };
    const made = await operatorOf(dataDirIn(env)).ask<Link>('POST', '/api/operator/accounts', body, named);
    const link = told(made, place);
    tell(json, link, () => sentence(`An invitation for ${email}, ${role} of ${site ?? 'every site'}`, link));
  },
});

/** `passerby user reset` */
export const userReset = command({
  name: 'user reset',
  does: 'Prints a link by which somebody sets a new password, and turns the second factor off if told so. No e-mail is sent.',
  takes: { EMAIL: 'the address of the account' },
  options: {
    'without-second-factor': { type: 'boolean', what: 'turns the second factor off, too' },
    url: URL_OPTION,
    json: JSON_OPTION,
  },
  examples: ['passerby user reset ann@example.com --without-second-factor'],
  async run({ positionals: { EMAIL: email }, values: { json, ...given } }, env) {
    const place = placeIn(given.url);
    const body = { email, ...(given['without-second-factor'] && { totp: false }) };
    const operator = operatorOf(dataDirIn(env));
    const made = await operator.ask<Link>('POST', '/api/operator/accounts/reset', body, { email: 'EMAIL' });
    const link = told(made, place);
    tell(json, link, () => sentence(`A new password for ${email}`, link));
  },
});

interface Person {
  readonly id: string;
  readonly email: string;
  readonly roles: Readonly<Record<string, Role>>;
  readonly totp: boolean;
}

/** `passerby user list` */
export const userList = command({
  name: 'user list',
  does: 'Lists the accounts, and what each may do.',
  takes: {},
  options: { json: JSON_OPTION },
  examples: ['passerby user list'],
  async run({ values: { json } }, env) {
    const answer = await operatorOf(dataDirIn(env)).ask<{ accounts: Person[] }>('GET', '/api/accounts');
    tell(json, answer, () => listed(answer.accounts));
  },
});

const listed = (accounts: readonly Person[]): string => {
  if (accounts.length === 0) return 'There is no account yet.';
  const rows = accounts.map(({ email, roles, totp }) => [email, rolesOf(roles), totp ? 'on' : 'off']);
  return tableOf(['EMAIL', 'MAY', 'SECOND FACTOR'], rows);
};

const rolesOf = (roles: Person['roles']): string =>
  Object.entries(roles)
    .map(([domain, role]) => `${role} of ${domain === EVERYWHERE ? 'every site' : shownHost(domain)}`)
    .join(', ') || 'nothing';

/** `passerby user remove` */
export const userRemove = command({
  name: 'user remove',
  does: 'Deletes an account, its sessions and its tokens.',
  takes: { EMAIL: 'the address of the account' },
  options: { json: JSON_OPTION },
  examples: ['passerby user remove ann@example.com'],
  async run({ positionals: { EMAIL }, values: { json } }, env) {
    const operator = operatorOf(dataDirIn(env));
    const { accounts } = await operator.ask<{ accounts: Person[] }>('GET', '/api/accounts');
    const typed = EMAIL.trim().toLowerCase();
    const found = accounts.find(({ email }) => email.toLowerCase() === typed);
    const known = accounts.map(({ email }) => email);
    if (found === undefined) throw notFound('EMAIL', 'account', EMAIL, known);
    await operator.ask('DELETE', `/api/accounts/${encodeURIComponent(found.id)}`);
    report(json, { id: found.id, email: found.email }, () => `${found.email} has no account any more.`);
  },
});

import { type Mutation, mutationsOf } from './mutation.ts';

const ROLES = ['test/contract/roles.test.ts'];
const TOKENS = ['accounts/token-store.test.ts'];

export const ACCESS: readonly Mutation[] = [
  ...mutationsOf('api/access.ts', ROLES, [
    ['whoever may view a site may change it', 'if (!mayOn(caller, site.id, role)) throw forbidden(field);', ''],
    ['that a site is there is told to those who may not view it', " || !mayOn(caller, site.id, 'viewer')", ''],
    ['a token does what a person may', "person: guard(({ kind }) => kind === 'account')", 'person: guard(() => true)'],
    ['a token does what none may', "({ kind }) => kind !== 'token'", '() => true'],
    ['anybody runs the collector', "({ kind }) => kind === 'operator'", '() => true'],
    [
      'the owner of one site is the owner of all',
      'mayOn(caller, EVERYWHERE, role)',
      "Object.values(caller.roles).includes('owner')",
    ],
    ['a viewer is an owner somewhere', '.some((has) => includes(has, role))', '.length > 0'],
  ]),
  ...mutationsOf('api/endpoint.ts', ROLES, [
    ['what is declared guards nothing', '[...guard, ...turn, ...reader]', '[access.account, ...turn, ...reader]'],
    ['a question about a site asks anybody', '...reader, ...guard]', '...reader]'],
  ]),
  ...mutationsOf('accounts/role.ts', ROLES, [
    ['each role includes the one above', '>= ROLES.indexOf(needed)', '>= ROLES.indexOf(needed) - 1'],
    ['a role of all sites is less than one of this', 'includes(everywhere, here) ? everywhere : here', 'here'],
  ]),
  ...mutationsOf('accounts/token-store.ts', TOKENS, [
    ['a token may all that its account may', 'atMost(named, ROLE_OF[scope])', 'named'],
    ['a token is for all sites', 'sites === null ? roles : Object', 'roles ?? Object'],
    ['a token that reads writes', "read: 'viewer'", "read: 'editor'"],
    ['a token keeps what its account lost', 'this.#rolesOf(account);', "{ [EVERYWHERE]: 'owner' as const };"],
    ['tokens of others go with an account', '.filter((token) => token.account === account)', ''],
  ]),
  ...mutationsOf(
    'accounts/login-throttle.ts',
    ['accounts/login-throttle.test.ts'],
    [
      ['an attempt more', 'this.#count(client) >= most', 'this.#count(client) > most'],
      ['many clients guess as much as one', '< MANY ? MOST : MOST_OF_MANY', '< MANY ? MOST : MOST'],
      ['who knows one password may guess others', 'if (others > 0)', 'if (false)'],
      ['an unnamed proxy is shut out for all', 'isPrivate(client) ? both : ', ''],
      ['codes are guessed for ever', 'if (this.#count(name) >= MOST)', 'if (false)'],
      ['a clock that is set back shuts everybody out', ' && this.#until - now <= WINDOW_MS) return', ') return'],
    ],
  ),
];

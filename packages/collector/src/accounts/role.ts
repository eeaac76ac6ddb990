/**
 * What somebody may do on a site, the least first; each may do what those before it may. `viewer` reads, `editor` changes
 * settings, `owner` decides who else may.
 */
export const ROLES = ['viewer', 'editor', 'owner'] as const;
/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number];

/** Stands for every site, those to come too. */
export const EVERYWHERE = '*';

/**
 * Roles by id of the site, or {@link EVERYWHERE}.
 * @example { '*': 'viewer', k3v9q2: 'editor' } // reads every site, and changes settings of one
 */
export type Roles = Readonly<Record<string, Role>>;

/** True if the role is this one or a higher one. @example includes('owner', 'viewer') === true */
export const includes = (has: Role | undefined, needed: Role): boolean =>
  has !== undefined && ROLES.indexOf(has) >= ROLES.indexOf(needed);

/**
 * The role on a site: the higher of what is said for it and for every site; undefined: none.
 * @example roleOn({ '*': 'viewer', a: 'editor' }, 'a') === 'editor'
 */
export const roleOn = (roles: Roles, siteId: string): Role | undefined => {
  const [here, everywhere] = [roles[siteId], roles[EVERYWHERE]];
  return here === undefined || includes(everywhere, here) ? everywhere : here;
};

/** Roles cut down to at most this one. @example atMost({ a: 'owner' }, 'viewer') // { a: 'viewer' } */
export const atMost = (roles: Roles, most: Role): Roles =>
  Object.fromEntries(Object.entries(roles).map(([site, role]) => [site, includes(role, most) ? most : role]));

/** What somebody may do on a site, each including the former. */
export const ROLES = ['viewer', 'editor', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** Stands for all sites, those to come too. */
export const EVERYWHERE = '*';

/** True if the role is this one or a higher one. */
export const includes = (has: Role | undefined, needed: Role): boolean =>
  has !== undefined && ROLES.indexOf(has) >= ROLES.indexOf(needed);

/** The account that `pnpm dev` makes; only this machine reaches it. */
export const OWNER = { email: 'dev@example.com', password: 'passerby-dev' };

/** Accounts for tests that are not about what a password costs. */
import type { PasswordCost } from './password.ts';

/** A hash in no time: those of the product take long by design. */
export const CHEAP: PasswordCost = { ln: 1, r: 8, p: 1 };

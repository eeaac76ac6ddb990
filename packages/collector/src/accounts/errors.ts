import { ApiError } from '../http/api-error.ts';
import { StaleError } from '../store/collection.ts';

/** There is an owner already. */
export class OwnerExistsError extends ApiError {
  override readonly name = 'OwnerExistsError';

  constructor() {
    super(409, 'owner_exists', 'request', 'there is an owner already');
  }
}

/** The e-mail belongs to an account already. */
export class EmailTakenError extends ApiError {
  override readonly name = 'EmailTakenError';

  constructor() {
    super(409, 'email_taken', 'email', 'has an account already');
  }
}

/** Without this account there would be nobody who owns everything. */
export class LastOwnerError extends ApiError {
  override readonly name = 'LastOwnerError';

  constructor() {
    super(409, 'last_owner', 'request', 'somebody else must own everything first');
  }
}

/** What was found. @throws ApiError 404 if it was not */
export const existing = <T>(found: T | undefined): T => {
  if (found === undefined) throw new ApiError(404, 'not_found', 'id', 'there is no such account');
  return found;
};

/** Who writes the owner's account and finds another version there lost a race. */
export const anotherOwner = (error: unknown): never => {
  throw error instanceof StaleError ? new OwnerExistsError() : error;
};

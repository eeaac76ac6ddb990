import { ApiError } from '../http/api-error.ts';
import type { Collection } from '../store/collection.ts';
import type { AccountBody } from './account.ts';
import { existing } from './errors.ts';
import { newFactor, newRecoveryCodes, recoveryHash, useCode } from './second-factor.ts';

/**
 * The second factors of accounts. Wrong codes are refused for the field `code`: with 401 at sign-in, else with 403, as 401
 * would mean that nobody is signed in.
 */
export class SecondFactors {
  readonly #accounts: Collection<AccountBody>;
  readonly #now: () => number;

  constructor(accounts: Collection<AccountBody>, now: () => number) {
    this.#accounts = accounts;
    this.#now = now;
  }

  /** The account when this code is used up; as it is if no factor is on. */
  checked(body: AccountBody, code: string | undefined): AccountBody {
    return body.secondFactor?.isOn ? this.#used(body, code, 401) : body;
  }

  /** A factor that is not on before {@link confirm}. @returns its secret */
  async begin(id: string): Promise<string> {
    const secondFactor = newFactor();
    await this.#change(id, (body) => {
      if (body.secondFactor?.isOn)
        throw new ApiError(409, 'second_factor_on', 'request', 'the second factor is on already');
      return { ...body, secondFactor };
    });
    return secondFactor.secret;
  }

  /**
   * Turns the factor on, and ends the sessions that began without it.
   * @param session the one in which that happens, which goes on; missing: none
   * @returns the recovery codes, which are shown this once
   */
  async confirm(id: string, code: string, session?: string): Promise<string[]> {
    const codes = newRecoveryCodes();
    const recovery = codes.map(recoveryHash);
    await this.#change(id, (body) => {
      if (body.secondFactor === null || body.secondFactor.isOn)
        throw new ApiError(409, 'no_second_factor', 'request', 'there is no second factor to confirm');
      const { secondFactor } = this.#used(body, code, 403);
      const sessions = body.sessions.filter((one) => one.id === session);
      return { ...body, sessions, secondFactor: secondFactor && { ...secondFactor, isOn: true, recovery } };
    });
    return codes;
  }

  /** Turns the factor off. */
  async end(id: string, code: string): Promise<void> {
    await this.#change(id, (body) => {
      if (body.secondFactor?.isOn) this.#used(body, code, 403);
      return { ...body, secondFactor: null };
    });
  }

  /** How many recovery codes of an account are left. */
  recoveryLeft(id: string): number {
    return this.#accounts.get(id)?.body.secondFactor?.recovery.length ?? 0;
  }

  #used(body: AccountBody, code: string | undefined, refusal: 401 | 403): AccountBody {
    if (code === undefined)
      throw new ApiError(refusal, 'code_needed', 'code', 'enter the code of your app, or a recovery code');
    const secondFactor = body.secondFactor && useCode(body.secondFactor, code, this.#now());
    if (!secondFactor) throw new ApiError(refusal, 'wrong_code', 'code', 'is wrong, or was used already');
    return { ...body, secondFactor };
  }

  async #change(id: string, change: (body: AccountBody) => AccountBody): Promise<void> {
    existing(await this.#accounts.update(id, change));
  }
}

import { createContext } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import { type Account, api, authEvents, type Site, type Status } from '../api/client.ts';
import { EVERY } from '../query/clock.ts';
import { type Loaded, useLoad } from '../query/use-load.ts';
import { keepPreference, readPreference } from './preferences.ts';

/** What every screen behind the sign-in knows. */
export interface Session {
  readonly status: Status;
  readonly account: Account;
  readonly sites: readonly Site[];
  /** Loads all again, after something was changed. */
  readonly reload: () => void;
}

/** Takes a request that was begun before it was asked for; without one, makes it. */
const begunAhead = <T>(isBegun: boolean, load: (signal?: AbortSignal) => Promise<T>) => {
  let begun = isBegun ? load() : null;
  begun?.catch(() => {});
  return (signal: AbortSignal): Promise<T> => {
    const first = begun;
    begun = null;
    // What was refused then may be had since: somebody signed in.
    return first?.catch(() => load(signal)) ?? load(signal);
  };
};

// Where somebody was signed in, they are most likely still: what is needed then is asked for beside the status.
const wasSignedIn = readPreference('signedIn') !== null;
/** The requests of what every screen behind the sign-in knows. */
export const session = { account: begunAhead(wasSignedIn, api.account), sites: begunAhead(wasSignedIn, api.sites) };

/** How the collector is, and who is signed in. */
export const useStatus = (): Loaded<Status> => {
  const status = useLoad('status', api.status, { every: EVERY.status });
  const isSignedIn = status.data?.account;
  useEffect(() => {
    if (isSignedIn !== undefined) keepPreference('signedIn', isSignedIn ? 'yes' : null);
  }, [isSignedIn]);
  useEffect(() => {
    authEvents.addEventListener('signedout', status.retry);
    return () => authEvents.removeEventListener('signedout', status.retry);
  }, [status.retry]);
  return status;
};

/** Given by the app to the screens behind the sign-in. */
export const SessionContext = createContext<Session | null>(null);

/** The session of a screen behind the sign-in. */
export const useSession = (): Session => {
  const value = useContext(SessionContext);
  if (!value) throw new Error('this screen is shown to nobody who is not signed in');
  return value;
};

import { createContext } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import { type Account, api, authEvents, type Site, type Status } from '../api/client.ts';
import { type Loaded, useLoad } from '../query/use-load.ts';

/** What every screen behind the sign-in knows. */
export interface Session {
  readonly status: Status;
  readonly account: Account;
  readonly sites: readonly Site[];
  /** Loads all again, after something was changed. */
  readonly reload: () => void;
}

/** How often the collector is asked how it is, in milliseconds. */
const EVERY = 10_000;

/** How the collector is, and who is signed in. */
export const useStatus = (): Loaded<Status> => {
  const status = useLoad('status', api.status, { every: EVERY });
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

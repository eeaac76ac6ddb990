import type { Session } from 'chdb';
import { identifier, literal } from '../lib/sql-quote.ts';
import { BASE_SETTINGS } from './limits.ts';

/** What a request wants of the Session it runs on. */
export interface SessionState {
  readonly database: string;
  readonly settings: ReadonlyMap<string, string>;
  readonly params: ReadonlyMap<string, string>;
}

/**
 * What follows a parameter's last use: a value that no type takes, so that a statement that forgot to bind the
 * parameter fails instead of getting what an earlier one bound. The engine has no way to unset one.
 */
const UNBOUND = literal('\t');
const FRESH: SessionState = { database: 'default', settings: new Map(), params: new Map() };

/** Brings a Session, which keeps whatever was once set on it, to exactly the state that a request wants. */
export type Align = (session: Session, wanted: SessionState) => Promise<void>;

export const createAlign = (): Align => {
  const states = new WeakMap<Session, SessionState>();
  return async (session, wanted) => {
    const current = states.get(session) ?? FRESH;
    if (wanted.database !== current.database) {
      await session.queryAsync(`USE ${identifier(wanted.database)}`);
      states.set(session, { ...current, database: wanted.database });
    }
    const changes = difference(current, wanted);
    // All or nothing: after a failure the Session is as it was.
    if (changes.length > 0) await session.queryAsync(`SET ${changes.join(', ')}`);
    states.set(session, wanted);
  };
};

/** The assignments that lead from one state to the other. */
const difference = (current: SessionState, wanted: SessionState): string[] => [
  ...changed(current.settings, wanted.settings).map(
    (name) => `${name} = ${quoted(wanted.settings.get(name) ?? BASE_SETTINGS[name])}`,
  ),
  ...changed(current.params, wanted.params).map((name) => {
    const value = wanted.params.get(name);
    return `param_${name} = ${value === undefined ? UNBOUND : literal(value)}`;
  }),
];

const quoted = (value: string | undefined): string => (value === undefined ? 'DEFAULT' : literal(value));

const changed = (from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): string[] =>
  [...new Set([...from.keys(), ...to.keys()])].filter((name) => from.get(name) !== to.get(name));

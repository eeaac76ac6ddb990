import type { Socket } from 'node:net';
import { isLoopback } from '../lib/loopback.ts';

/** How many connections, and wrong passwords, an engine takes that listens on a port. */
export const CALLER_LIMITS = {
  /** Connections that have not shown the password yet: in all, and of one address. The oldest is closed for the next. */
  unauthenticated: 64,
  unauthenticatedOfAddress: 16,
  /** Connections in all. A collector keeps 36 at most. */
  total: 512,
  /** Wrong passwords of one address, and for how long it is shut out then, in milliseconds. */
  attempts: 10,
  shutMs: 60_000,
  /** Addresses that are remembered; the oldest is forgotten. */
  addresses: 10_000,
} as const;

/** Keeps count of connections and of wrong passwords. */
export interface CallerLimits {
  /** Takes a connection in, and lets go of another one if there are too many. */
  enter(socket: Socket): void;
  /** Who is at the other end has shown the password. */
  admit(socket: Socket): void;
  /** Who is at the other end has shown a wrong one. */
  fail(socket: Socket): void;
  /**
   * Whether no password of this address is looked at any more. Not so for this machine, whose users and collectors have
   * one address, and where somebody who knows it is connected: they could be shut out by anybody.
   */
  isShutOut(socket: Socket): boolean;
}

/** @param now clock in milliseconds */
export const createCallerLimits = (now: () => number): CallerLimits => {
  const unauthenticated = new Set<Socket>();
  const authenticated = new Set<Socket>();
  const failures = new Map<string, { readonly count: number; readonly until: number }>();
  const ofAddress = (sockets: ReadonlySet<Socket>, address: string): Socket[] =>
    [...sockets].filter((socket) => addressOf(socket) === address);
  const oldestUnauthenticated = (): Socket | undefined => unauthenticated.values().next().value;
  const disconnect = (socket: Socket | undefined): void => {
    if (socket === undefined) return;
    unauthenticated.delete(socket);
    socket.destroy();
  };

  return {
    enter(socket) {
      const neighbours = ofAddress(unauthenticated, addressOf(socket));
      if (neighbours.length >= CALLER_LIMITS.unauthenticatedOfAddress) disconnect(neighbours[0]);
      else if (unauthenticated.size >= CALLER_LIMITS.unauthenticated) disconnect(oldestUnauthenticated());
      unauthenticated.add(socket);
      if (authenticated.size + unauthenticated.size > CALLER_LIMITS.total) disconnect(oldestUnauthenticated());
      socket.once('close', () => {
        unauthenticated.delete(socket);
        authenticated.delete(socket);
      });
    },
    admit(socket) {
      if (unauthenticated.delete(socket)) authenticated.add(socket);
    },
    fail(socket) {
      const address = addressOf(socket);
      const before = failures.get(address);
      const count = before !== undefined && before.until > now() ? before.count + 1 : 1;
      failures.delete(address);
      failures.set(address, { count, until: now() + CALLER_LIMITS.shutMs });
      const [oldest] = failures.keys();
      if (failures.size > CALLER_LIMITS.addresses && oldest !== undefined) failures.delete(oldest);
    },
    isShutOut(socket) {
      const address = addressOf(socket);
      const failed = failures.get(address);
      if (failed === undefined || failed.until <= now() || failed.count < CALLER_LIMITS.attempts) return false;
      return !isLoopback(address) && ofAddress(authenticated, address).length === 0;
    },
  };
};

const addressOf = ({ remoteAddress = '' }: Socket): string => remoteAddress;

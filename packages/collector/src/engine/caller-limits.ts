import type { Socket } from 'node:net';
import { isLoopback } from '../lib/loopback.ts';

/** How much of an engine that listens on a port those may have who have not shown the password, and how many may have. */
export const CALLER_LIMITS = {
  /** Connections; the oldest makes room for the next. */
  strangers: 64,
  strangersOfAddress: 16,
  /** Connections in all. A collector keeps 36 at most. */
  total: 512,
  /** Wrong passwords of one address, and for how long it is shut out then, in milliseconds. */
  attempts: 10,
  shutMs: 60_000,
  /** Addresses that are remembered; the oldest is forgotten. */
  addresses: 10_000,
} as const;

/** Whoever has a connection to it. */
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
  const strangers = new Set<Socket>();
  const members = new Set<Socket>();
  const failures = new Map<string, { readonly count: number; readonly until: number }>();
  const ofAddress = (sockets: ReadonlySet<Socket>, address: string): Socket[] =>
    [...sockets].filter((socket) => addressOf(socket) === address);
  const oldestStranger = (): Socket | undefined => strangers.values().next().value;
  const letGo = (stranger: Socket | undefined): void => {
    if (stranger === undefined) return;
    strangers.delete(stranger);
    stranger.destroy();
  };

  return {
    enter(socket) {
      const neighbours = ofAddress(strangers, addressOf(socket));
      if (neighbours.length >= CALLER_LIMITS.strangersOfAddress) letGo(neighbours[0]);
      else if (strangers.size >= CALLER_LIMITS.strangers) letGo(oldestStranger());
      strangers.add(socket);
      if (members.size + strangers.size > CALLER_LIMITS.total) letGo(oldestStranger());
      socket.once('close', () => {
        strangers.delete(socket);
        members.delete(socket);
      });
    },
    admit(socket) {
      if (strangers.delete(socket)) members.add(socket);
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
      return !isLoopback(address) && ofAddress(members, address).length === 0;
    },
  };
};

const addressOf = ({ remoteAddress = '' }: Socket): string => remoteAddress;

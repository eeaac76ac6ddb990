import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { goesOn, Room } from './server-room.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const EXCHANGE_MS = 1000;

/** A connection with a request under way. */
const exchange = () => {
  const room = new Room({
    connections: 8,
    requests: 8,
    ahead: 2,
    share: 1,
    exchangeMs: EXCHANGE_MS,
    isProxy: () => false,
  });
  const destroy = vi.fn();
  const socket = Object.assign(new EventEmitter(), { remoteAddress: '203.0.113.7', destroy }) as unknown as Socket;
  const response = new EventEmitter() as ServerResponse;
  room.enter(socket);
  room.begin(socket, response);
  return { response, destroy };
};

it('cuts an exchange that takes too long', () => {
  const { destroy } = exchange();
  vi.advanceTimersByTime(EXCHANGE_MS - 1);
  expect(destroy).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(destroy).toHaveBeenCalledOnce();
});

it('leaves one alone that goes on, for as long as it does', () => {
  const { response, destroy } = exchange();
  for (let times = 0; times < 5; times++) {
    vi.advanceTimersByTime(EXCHANGE_MS - 1);
    goesOn(response);
  }
  expect(destroy).not.toHaveBeenCalled();
  vi.advanceTimersByTime(EXCHANGE_MS);
  expect(destroy).toHaveBeenCalledOnce();
});

it('leaves one alone that has ended, whatever is said of it', () => {
  const { response, destroy } = exchange();
  response.emit('close');
  goesOn(response);
  vi.advanceTimersByTime(2 * EXCHANGE_MS);
  expect(destroy).not.toHaveBeenCalled();
});

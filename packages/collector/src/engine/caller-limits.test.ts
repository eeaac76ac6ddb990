import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { CALLER_LIMITS, createCallerLimits } from './caller-limits.ts';

const HERE = '127.0.0.1';
const THERE = '192.0.2.1';

const connection = (remoteAddress: string): Socket =>
  Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress });
const left = (sockets: readonly Socket[]): number => sockets.filter(({ destroyed }) => !destroyed).length;

const start = () => {
  const clock = { now: 0 };
  const callers = createCallerLimits(() => clock.now);
  const enter = async (address: string, count = 1): Promise<Socket[]> => {
    const sockets: Socket[] = [];
    for (let i = 0; i < count; i++) {
      const socket = connection(address);
      callers.enter(socket);
      sockets.push(socket);
      // What was let go is closed by then.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return sockets;
  };
  return { callers, clock, enter };
};

describe('connections', () => {
  it('of one address that show no password push out their own', async () => {
    const { callers, enter } = start();
    const [member] = await enter(THERE);
    if (member) callers.admit(member);
    const [other] = await enter('192.0.2.2');
    const flood = await enter(THERE, 200);
    expect([left(flood), member?.destroyed, other?.destroyed]).toEqual([
      CALLER_LIMITS.unauthenticatedOfAddress,
      false,
      false,
    ]);
    expect(flood.at(-1)?.destroyed).toBe(false);
  });

  it('of many addresses push out the oldest, and nobody who has shown it', async () => {
    const { callers, enter } = start();
    const members = await enter(HERE, 10);
    for (const member of members) callers.admit(member);
    const flood = (await Promise.all(Array.from({ length: 100 }, (_, i) => enter(`192.0.2.${i}`)))).flat();
    expect([left(members), left(flood)]).toEqual([10, CALLER_LIMITS.unauthenticated]);
  });

  it('in all have a limit', async () => {
    const { callers, enter } = start();
    for (let i = 0; i < CALLER_LIMITS.total; i++) for (const member of await enter(HERE)) callers.admit(member);
    const more = await enter(HERE, 3);
    expect([left(more), more.length]).toEqual([0, 3]);
  });
});

describe('wrong passwords', () => {
  const failing = async (address: string, count: number) => {
    const started = start();
    const [socket = connection(address)] = await started.enter(address);
    for (let i = 0; i < count; i++) started.callers.fail(socket);
    return { ...started, socket };
  };

  it.each([
    { address: THERE, count: CALLER_LIMITS.attempts - 1, isShutOut: false },
    { address: THERE, count: CALLER_LIMITS.attempts, isShutOut: true },
    { address: HERE, count: 1_000, isShutOut: false },
    { address: '::1', count: 1_000, isShutOut: false },
    { address: '::ffff:127.0.0.1', count: 1_000, isShutOut: false },
    { address: '2001:db8::1', count: CALLER_LIMITS.attempts, isShutOut: true },
  ])('$count of $address: shut out is $isShutOut', async ({ address, count, isShutOut }) => {
    const { callers, socket } = await failing(address, count);
    expect(callers.isShutOut(socket)).toBe(isShutOut);
    expect(callers.isShutOut(connection('192.0.2.99'))).toBe(false);
  });

  it('are forgiven after a while', async () => {
    const { callers, clock, socket } = await failing(THERE, CALLER_LIMITS.attempts);
    clock.now += CALLER_LIMITS.shutMs;
    expect(callers.isShutOut(socket)).toBe(false);
    callers.fail(socket);
    expect(callers.isShutOut(socket)).toBe(false);
  });

  it('shut nobody out where somebody who knows it is connected', async () => {
    const { callers, enter, socket } = await failing(THERE, 0);
    callers.admit(socket);
    const [stranger = socket] = await enter(THERE);
    for (let i = 0; i < 100; i++) callers.fail(stranger);
    expect(callers.isShutOut(stranger)).toBe(false);
    socket.destroy();
    await new Promise((resolve) => setImmediate(resolve));
    expect(callers.isShutOut(stranger)).toBe(true);
  });

  it('of more addresses than are remembered push out the oldest', () => {
    const { callers } = start();
    const first = connection(THERE);
    for (let i = 0; i < CALLER_LIMITS.attempts; i++) callers.fail(first);
    for (let i = 0; i < CALLER_LIMITS.addresses; i++) callers.fail(connection(`2001:db8::${i}`));
    expect(callers.isShutOut(first)).toBe(false);
  });
});

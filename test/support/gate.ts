import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';

/** `open`: all passes. `shut`: nobody gets through. `deaf`: what is asked arrives, the answers are lost. */
export type GateState = 'open' | 'shut' | 'deaf';

/** An answer that was lost: the first lines of what was asked and of what was answered. */
export interface Lost {
  readonly asked: string;
  readonly answered: string;
}

/** A line to a server that can be cut. */
export interface Gate {
  readonly port: number;
  set(state: GateState): void;
  readonly lost: readonly Lost[];
  readonly stop: () => Promise<void>;
}

/** Puts a gate before a server on this machine. */
export const startGate = async (port: number): Promise<Gate> => {
  let state: GateState = 'open';
  const lost: Lost[] = [];
  const lines = new Set<() => void>();
  const cutAll = (): void => {
    for (const cut of lines) cut();
  };
  const server = createServer((caller) => {
    const callee = dial(port, '127.0.0.1');
    const cut = cutter(caller, callee);
    lines.add(cut);
    caller.once('close', () => lines.delete(cut));
    if (state === 'shut') cut();
    let asked = '';
    caller.pipe(callee);
    caller.on('data', (chunk) => {
      asked = startLine(chunk) ?? asked;
    });
    callee.on('data', (chunk) => {
      if (state !== 'deaf') return void caller.write(chunk);
      lost.push({ asked, answered: startLine(chunk) ?? '' });
      cut();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    lost,
    set(next) {
      state = next;
      if (state === 'shut') cutAll();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cutAll();
      }),
  };
};

/** First line of a request or an answer, if one begins here. */
const startLine = (chunk: Buffer): string | undefined =>
  /^(?:[A-Z]+ .* HTTP\/1\.1|HTTP\/1\.1 .*)$/.exec(chunk.toString('latin1').split('\r\n', 1)[0] ?? '')?.[0];

/** When one end goes, the other goes, too. */
const cutter = (...ends: readonly Socket[]): (() => void) => {
  const cut = (): void => {
    for (const end of ends) end.destroy();
  };
  for (const end of ends) end.on('error', cut).on('close', cut);
  return cut;
};

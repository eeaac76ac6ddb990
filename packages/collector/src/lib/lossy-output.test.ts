import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createLossyOutput } from './lossy-output.ts';

/** A stream that fails while `code` is set, and stands still while `isStopped`; like Node's own it can be written to again. */
class FakeStream extends EventEmitter {
  code: string | null = null;
  isStopped = false;
  written = '';
  #waiting = '';

  get writableLength(): number {
    return this.#waiting.length;
  }

  write(text: string, done: (error?: Error | null) => void): boolean {
    const { code } = this;
    if (code !== null) {
      const error = Object.assign(new Error(code), { code });
      done(error);
      return this.emit('error', error);
    }
    this.#waiting += text;
    if (!this.isStopped) this.goOn();
    done();
    return true;
  }

  goOn(): void {
    this.isStopped = false;
    this.written += this.#waiting;
    this.#waiting = '';
  }
}

const stage = () => {
  const stream = new FakeStream();
  return { stream, outlet: createLossyOutput(stream, (lost) => `${lost} lost\n`) };
};

test('an outlet writes what it is given', () => {
  const { stream, outlet } = stage();
  for (const line of ['a\n', 'b\n']) outlet.write(line);
  expect([stream.written, outlet.lost()]).toEqual(['a\nb\n', 0]);
});

test.each(['EPIPE', 'ENOSPC', 'EIO', 'EAGAIN', 'EBADF'])(
  '%s loses lines, counts them and tells of them later',
  (code) => {
    const { stream, outlet } = stage();
    outlet.write('a\n');
    stream.code = code;
    for (const line of ['b\n', 'c\n', 'd\n']) outlet.write(line);
    stream.code = null;
    for (const line of ['e\n', 'f\n']) outlet.write(line);
    expect([stream.written, outlet.lost()]).toEqual(['a\n3 lost\ne\nf\n', 3]);
  },
);

test('a reader that stands still gets what fits, and is told of the rest when it reads on', () => {
  const { stream, outlet } = stage();
  const line = `${'x'.repeat(1023)}\n`;
  stream.isStopped = true;
  for (let n = 0; n < 5000; n++) outlet.write(line);
  expect(stream.writableLength).toBeLessThan(300 * 1024);
  stream.goOn();
  outlet.write('at last\n');
  const lost = outlet.lost();
  expect(lost).toBeGreaterThan(4000);
  expect(stream.written).toBe(`${line.repeat(5000 - lost)}${lost} lost\nat last\n`);
});

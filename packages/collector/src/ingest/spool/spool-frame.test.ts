import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrames, encodeFrame } from './spool-frame.ts';

const texts = fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 3 }), { maxLength: 5 });
const frameOf = (rows: readonly string[]): Buffer =>
  encodeFrame({ rows: rows.length, ids: [['site id', 1]] }, rows.map((text) => `${JSON.stringify([text])}\n`).join(''));
const linesOf = (rows: readonly string[]): string => rows.map((text) => `${JSON.stringify([text])}\n`).join('');

describe('frames', () => {
  it('are read as they were written, whatever stands in them', () => {
    fc.assert(
      fc.property(texts, (frames) => {
        const { frames: read, damaged } = decodeFrames(Buffer.concat(frames.map(frameOf)));
        expect(damaged).toEqual([]);
        expect(read.map(({ lines }) => lines.toString())).toEqual(
          frames.map((rows) => Buffer.from(linesOf(rows)).toString()),
        );
        expect(read.every(({ head }) => head.ids[0]?.[0] === 'site id')).toBe(true);
      }),
    );
  });

  it('a flipped bit costs the one frame it is in', () => {
    const frames = [['one', '\nPS1'], ['two'], ['three']].map(frameOf);
    const bytes = Buffer.concat(frames);
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [0, 3, 7]) {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        const { frames: whole, damaged } = decodeFrames(flipped);
        expect(whole.length, `byte ${at}`).toBe(2);
        expect(Buffer.concat(damaged).length, `byte ${at}`).toBe(frames[indexAt(frames, at)]?.length);
      }
    }
  });

  it('a file that was cut short loses its last frame alone', () => {
    const frames = [['one'], ['two']].map(frameOf);
    const bytes = Buffer.concat(frames);
    const first = frames[0]?.length ?? 0;
    for (let length = 0; length < bytes.length; length++) {
      const { frames: whole, damaged } = decodeFrames(bytes.subarray(0, length));
      expect(whole.length).toBe(length < first ? 0 : 1);
      expect(Buffer.concat(damaged).length).toBe(length < first ? length : length - first);
    }
  });
});

/** Which of the frames the byte is in. */
const indexAt = (frames: readonly Buffer[], at: number): number => {
  let end = 0;
  return frames.findIndex((frame) => {
    end += frame.length;
    return at < end;
  });
};

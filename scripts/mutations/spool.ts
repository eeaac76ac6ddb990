// biome-ignore-all lint/suspicious/noTemplateCurlyInString: They are parts of sources.
import { type Mutation, mutationsOf } from './mutation.ts';

const SPOOL = ['ingest/spool/spool.test.ts'];
const FLUSHER = 'ingest/spool/flusher.test.ts';
const SCHEDULE = 'ingest/spool/retry-schedule.test.ts';
const STUCK = 'ingest/spool/flusher.stuck.test.ts';

export const SPOOLING: readonly Mutation[] = [
  ...mutationsOf(
    'ingest/spool/spool-frame.ts',
    ['ingest/spool/spool-frame.test.ts'],
    [
      ['damaged rows are stored', 'crc32(payload) === bytes.readUInt32LE(at + 8)', 'true'],
      ['what follows a damaged piece is lost', 'next === -1 ? bytes.length : next', 'bytes.length'],
    ],
  ),
  ...mutationsOf('ingest/spool/spool.ts', SPOOL, [
    [
      'what was not kept is taken back in the wrong order',
      '[...group, ...this.#waiting].reverse()',
      '[...group, ...this.#waiting]',
    ],
    ['what was not kept stays counted', 'for (const { undo } of failed) undo();', ''],
    ['the engine has no room on the disk to make room', '!this.#diskIsFull &&', ''],
    ['more waits than there is room for', 'this.bytes < this.#options.most &&', ''],
    ['after a torn write more is taken', 'this.#open?.isTorn !== true &&', ''],
    ['of what may have been kept it is said that it was not', 'new SpoolError(isCertain)', 'new SpoolError(true)'],
    ['a segment grows over its bytes', '|| next.bytes > room.bytes', ''],
    ['in an outage there is a file each second', 'if (!this.queue.isClear) {', 'if (false) {'],
  ]),
  ...mutationsOf('ingest/spool/segment.ts', SPOOL, [
    [
      'what was accepted is lost with the power',
      'frame, this.#bytes);\n      if (this.#fsync) await this.#file.sync();',
      'frame, this.#bytes);',
    ],
    ['a segment is lost with the power', 'if (fsync) await files.syncDir(dir);', ''],
    ['a piece of what was refused is stored', 'await this.#file.truncate(this.#bytes);', ''],
    ['a write that failed leaves no trace in the count', 'this.#isTorn = true;', ''],
  ]),
  ...mutationsOf(
    'ingest/spool/split-segment.ts',
    [STUCK],
    [
      ['a line is in both halves', 'lines.slice(middle)]', 'lines.slice(0)]'],
      ['a half has the token of the other', '`${token}.1`', '`${token}.0`'],
    ],
  ),
  ...mutationsOf(
    'ingest/spool/segment-queue.ts',
    [STUCK],
    [
      ['a process that dies over a cut has its halves stored, too', ' || this.#isDraft(name, tokens)', '', ...SPOOL],
      ['a segment that was cut is stored whole, too', 'await this.#files.remove(this.#path(segment));\n    if', 'if'],
      ['what is deleted later is stored again', '|| this.#undeleted.has(token)', '', FLUSHER],
    ],
  ),
  ...mutationsOf(
    'ingest/spool/retry-schedule.ts',
    [STUCK],
    [
      ['while the store takes nothing, what waits is set aside', 'this.#stored > before.stored', 'true', SCHEDULE],
      ['what always fails is tried for ever', 'strikes >= MOST_STRIKES', 'false'],
      ['one that fails holds up the others', "if (blame !== 'store') this.#queue.defer(segment);", ''],
      [
        'what failed is all that is tried',
        'this.#inARow === 0 ? (due ?? fresh) : (fresh ?? due)',
        'due ?? fresh',
        SCHEDULE,
      ],
    ],
  ),
  ...mutationsOf(
    'ingest/spool/flusher.ts',
    [FLUSHER],
    [
      ['what one table has is cut, and is there twice', ' || (await this.#hasTraces(segment, content))', '', STUCK],
      [
        'a batch that is sent again is counted again',
        'await this.#keepIds(segment.token, content.ids);\n    await queue',
        'await queue',
      ],
      ['of two halves the second is taken for the first', '`${batch.token}.${index}`', '`${batch.token}.0`'],
      ['what is damaged is thrown away', 'await this.#keepDamaged(segment, content);', ''],
      ['what cannot be read is cut for ever', 'cuts.left === 0) return', 'false) return'],
    ],
  ),
];

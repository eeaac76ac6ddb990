/**
 * Loaded before a program by `node --import`: its clock stands at `RECORD_NOW` until its parent sends another time, and
 * chance is a fixed sequence for each size that is drawn, so that two runs answer with the same times, ids and tokens.
 * Timers go on. The embedded engine is a process of its own and is left as it is.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const RealDate = Date;
let now = Number(process.env.RECORD_NOW);
delete process.env.RECORD_NOW;

process.on('message', (time) => {
  now = time;
  process.send(time);
});
process.channel?.unref();

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(now);
    else super(...args);
  }
  static now() {
    return now;
  }
};

const drawn = new Map();
const next = (kind) => {
  drawn.set(kind, (drawn.get(kind) ?? 0) + 1);
  return crypto
    .createHash('shake256', { outputLength: 64 })
    .update(`${kind} ${drawn.get(kind)}`)
    .digest();
};

const { randomBytes, randomInt, randomUUID } = crypto;
/** How many of these the process draws depends on its timing: the nonces of each connection to the engine, and salts. */
const NONCE_BYTES = 16;
crypto.randomBytes = (size, ...rest) =>
  size === NONCE_BYTES || size > 64 || rest.length > 0 ? randomBytes(size, ...rest) : next(size).subarray(0, size);
crypto.randomInt = (most, ...rest) =>
  rest.length > 0 ? randomInt(most, ...rest) : Number(next('integer').readBigUInt64BE() % BigInt(most));
/** Segments of the spool draw them too, as many as time allows: they only ever grow, so that what is sorted by them stays in order. */
let uuids = 0;
crypto.randomUUID = () => `${String(++uuids).padStart(8, '0')}${randomUUID().slice(8)}`;
syncBuiltinESMExports();

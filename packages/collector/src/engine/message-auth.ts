/**
 * Collector and embedded engine share a key that never passes between them through the socket. Each question is sealed
 * with it, so that the engine answers nobody else, and each answer, so that the collector believes nobody else.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { secretBytes } from '../lib/system.ts';

/** Header of a question: random, other for each. */
export const NONCE_HEADER = 'x-passerby-nonce';
/** Header of a question and of its answer. */
export const SEAL_HEADER = 'x-passerby-seal';

export type Side = 'question' | 'answer';

/** A key for one life of the engine. */
export const newKey = (): string => secretBytes(32).toString('base64url');

export const newNonce = (): string => secretBytes(16).toString('base64url');

export const seal = (key: string, side: Side, nonce: string): string =>
  createHmac('sha256', key).update(`${side} ${nonce}`).digest('base64url');

/** Whether a header, which may be anything, is the seal of who knows the key. */
export const isSeal = (given: string | string[] | undefined, key: string, side: Side, nonce: string): boolean => {
  const [is, should] = [Buffer.from(String(given)), Buffer.from(seal(key, side, nonce))];
  return is.length === should.length && timingSafeEqual(is, should);
};

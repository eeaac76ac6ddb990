import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** Where a proxy runs for the check, instead of where its example says. */
export interface Place {
  /** Empty folder for everything that it writes. */
  readonly folder: string;
  readonly http: number;
  readonly https: number;
  /** Where it finds the collector: a port, or the path of a Unix socket. */
  readonly collector: number | string;
  /** Whether the collector is below `/stats`, beside another site. */
  readonly isBelowPath: boolean;
}

/** A proxy that runs, and what it prints. */
export type Running = ChildProcessByStdio<null, Readable, Readable>;

/** A proxy of `deploy/`, made to run on this machine by whoever runs the check. */
export interface ProxyServer {
  /** Its program. */
  readonly name: string;
  /** The package of Debian that has it. */
  readonly debian: string;
  /** Arguments by which it says its version. */
  readonly version: readonly string[];
  readonly start: (place: Place) => Running;
}

/** Where the collector is when it is below a path. */
export const BASE = '/stats';

/** An example with changes, each of something that has to be in it. */
export const example = (file: string, changes: readonly (readonly [string, string])[]): string => {
  const text = readFileSync(fileURLToPath(new URL(`../../deploy/${file}`, import.meta.url)), 'utf8');
  return changes.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`deploy/${file} has no ${JSON.stringify(from)}`);
    return changed.replaceAll(from, to);
  }, text);
};

/** Starts a program with nothing in its environment but what is given. */
export const run = (command: string, args: readonly string[], env: Record<string, string> = {}): Running =>
  spawn(command, args, { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });

/** Makes a certificate for localhost. */
export const certificateIn = (folder: string): { key: string; certificate: string } => {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=localhost', '-days', '2'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject],
    { stdio: 'ignore' },
  );
  return { key, certificate };
};

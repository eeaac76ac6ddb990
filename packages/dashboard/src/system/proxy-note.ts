import type { Warning } from '../api/system.ts';
import { text } from '../i18n/text.ts';

/** What is wrong with proxies. */
const NOTE_OF = {
  private_clients: 'privateClients',
  unnamed_proxy: 'unnamedProxy',
  no_client_address: 'noClientAddress',
} as const;

/** A fault between the collector and its proxies. */
export type ProxyFault = Extract<Warning['code'], keyof typeof NOTE_OF>;

/** What such a fault does to the numbers, and what to do about it. */
export const proxyNote = (fault: ProxyFault): string => text.notes[NOTE_OF[fault]];

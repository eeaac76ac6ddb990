import { expect, it } from 'vitest';
import { CHANNELS } from '../../packages/collector/src/ingest/enrich/channel.ts';
import { DEVICES, UNKNOWN } from '../../packages/collector/src/ingest/enrich/names.ts';
import de from '../../packages/dashboard/src/i18n/messages/de.json' with { type: 'json' };
import en from '../../packages/dashboard/src/i18n/messages/en.json' with { type: 'json' };
import type { AutomaticEvents } from '../../packages/sdk/src/wire.ts';

/** What the script reports by itself, and the properties of each. */
const AUTOMATIC = {
  'Outbound link': ['url'],
  'File download': ['url'],
  'Form submission': ['form', 'path'],
  '404': ['path'],
} as const satisfies { [Name in keyof AutomaticEvents]: readonly (keyof AutomaticEvents[Name])[] };

const STORED = {
  channels: CHANNELS,
  devices: [...Object.values(DEVICES), 'Desktop', UNKNOWN],
  sources: ['Direct', UNKNOWN],
  programs: ['Other', UNKNOWN],
  events: Object.keys(AUTOMATIC),
  properties: Object.values(AUTOMATIC).flat(),
} satisfies Record<keyof typeof en.builtIn, readonly string[]>;

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

it.each(Object.entries(STORED))('has names for all %s that are stored, and for no others', (kind, names) => {
  for (const { builtIn } of [en, de]) {
    const words: Record<string, string> = builtIn[kind as keyof typeof builtIn];
    expect(Object.keys(words).sort()).toEqual(sorted(names));
    // Two of one name could not be told from each other.
    expect(new Set(Object.values(words)).size).toBe(Object.keys(words).length);
    expect(Object.values(words)).not.toContain('');
  }
});

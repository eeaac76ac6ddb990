import { availableParallelism, totalmem } from 'node:os';
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { messages } from './packages/dashboard/messages.plugin.ts';
import { runFolder } from './test/runner/folders.ts';
import { filesOf, TESTS } from './test/runner/kinds.ts';
import { LongestFirst } from './test/runner/longest-first.ts';

const cores = availableParallelism();
/** What a test file takes at most, with an engine and a browser. */
const BYTES_EACH = 2 ** 30;
const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);

const engine = filesOf('engine');
const browser = filesOf('browser');

const FOLDERS = 'test/runner/folders.ts';
const ENGINE = 'test/runner/bundle-engine.ts';
const shared = {
  // The embedded engine crashes in worker threads.
  pool: 'forks',
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // On a busy machine a second, the usual, is soon over. What comes is not waited for any longer.
  expect: { poll: { timeout: 20_000 } },
  env: { TMPDIR: runFolder() },
  globalSetup: FOLDERS,
} as const;

// Texts of the dashboard are made into modules, wherever a test imports them.
const plugins = [messages()];
/** What the packages take from each other is taken from the source. */
const ssr = { resolve: { conditions: ['passerby-source', ...defaultServerConditions] } };

export default defineConfig({
  test: {
    // What starts processes or a browser also waits for them: more at a time than there are cores.
    maxWorkers: Math.max(1, Math.min(2 * cores, Math.floor(memory / BYTES_EACH))),
    sequence: { sequencer: LongestFirst },
    coverage: {
      include: ['packages/*/src/**/*.{ts,tsx}'],
      exclude: ['**/testing.ts', '**/testing/**', '**/*.d.ts'],
      reporter: ['text'],
      reportOnFailure: true,
      reportsDirectory: 'node_modules/.passerby/coverage',
    },
    projects: [
      {
        plugins,
        ssr,
        test: {
          ...shared,
          name: 'unit',
          include: TESTS,
          // All that is left: no file can be forgotten.
          exclude: ['**/node_modules/**', ...engine, ...browser],
          isolate: false,
          maxWorkers: cores,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins,
        ssr,
        test: {
          ...shared,
          name: 'engine',
          include: engine,
          globalSetup: [FOLDERS, ENGINE],
          sequence: { groupOrder: 1 },
        },
      },
      {
        plugins,
        ssr,
        test: {
          ...shared,
          name: 'browser',
          include: browser,
          globalSetup: [FOLDERS, ENGINE, 'test/runner/find-browser.ts'],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

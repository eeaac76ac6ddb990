import { defineConfig } from 'vitest/config';

/** Beside the tests that run everywhere: these need half a gigabyte of frameworks. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    pool: 'forks',
    include: ['test/apps/*.apps.ts'],
    testTimeout: 120_000,
    maxConcurrency: 4,
  },
});

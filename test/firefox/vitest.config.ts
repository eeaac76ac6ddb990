import { defineConfig } from 'vitest/config';

/** Beside the tests that run everywhere: these need a Firefox. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    pool: 'forks',
    include: ['test/firefox/*.firefox.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

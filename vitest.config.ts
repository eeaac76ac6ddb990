import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The embedded engine crashes in worker threads: every test file gets a process of its own.
    pool: 'forks',
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

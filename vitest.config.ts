import { defineConfig } from 'vitest/config';
import { messages } from './packages/dashboard/messages.plugin.ts';

export default defineConfig({
  plugins: [messages()],
  test: {
    // The embedded engine crashes in worker threads: every test file gets a process of its own.
    pool: 'forks',
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

import { defineConfig } from 'vitest/config';

/** Browser tests against a real server: the one at SWITCHYARD_URL, or one of our own on an empty directory. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['e2e/server.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});

import { defineConfig } from 'vitest/config';

// The engines are started once for the whole run; every test file works in a table of its own.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/engines.setup.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    env: { TZ: 'Asia/Shanghai' },
  },
});

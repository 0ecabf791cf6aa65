import { defineConfig } from 'vitest/config';

const { TEST_DATABASE_URL: databaseUrl, TEST_REDIS_URL: redisUrl, TEST_QUEUE: queue } = process.env;
// Read by test/global-setup.ts, which may not read the environment itself.
process.env['AUTOREPLY_TEST_SERVICES'] = JSON.stringify({ databaseUrl, redisUrl, queue });

const shared = { retry: 0, sequence: { shuffle: true }, testTimeout: 30_000, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'test/architecture/*.test.ts'],
          exclude: ['**/*.int.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          ...shared,
          name: 'int',
          include: ['packages/*/src/**/*.int.test.ts', 'apps/*/src/**/*.int.test.ts'],
          globalSetup: ['test/global-setup.ts'],
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/global-setup.ts'],
          testTimeout: 120_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});

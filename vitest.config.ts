import { defineConfig } from 'vitest/config';

const { env } = process;
// REDIS_URL and DATABASE_URL are taken as well, so that one pair of variables serves the demo and the tests.
const namedServices = {
  databaseUrl: env['TEST_DATABASE_URL'] || env['DATABASE_URL'] || undefined,
  redisUrl: env['TEST_REDIS_URL'] || env['REDIS_URL'] || undefined,
  queue: env['TEST_QUEUE'] || undefined,
};

// A rolling restart takes about two seconds; 200 of them prove what 4 make likely.
const restarts = Number(env['TEST_RESTARTS'] || 4);

const shared = {
  retry: 0,
  sequence: { shuffle: true },
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // What is awaited comes in milliseconds; a busy machine may need longer than the default of one second.
  expect: { poll: { timeout: 15_000 } },
} as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/*.int.test.ts', '**/*.e2e.test.ts', 'test/e2e/**', '**/node_modules/**'],
        },
      },
      {
        test: {
          ...shared,
          name: 'int',
          include: [
            'packages/*/src/**/*.int.test.ts',
            'apps/*/src/**/*.int.test.ts',
            'test/mutants/*.int.test.ts',
            'test/faults/**/*.int.test.ts',
          ],
          globalSetup: ['test/global-setup.ts'],
          provide: { namedServices },
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/faults/**/*.e2e.test.ts'],
          globalSetup: ['test/global-setup.ts'],
          provide: { namedServices, restarts },
          testTimeout: 120_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});

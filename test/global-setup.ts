import type { TestProject } from 'vitest/node';

/**
 * Temporary while packages/embedded grows: takes the services from the environment.
 */
export function setup(project: TestProject): void {
  const { databaseUrl, redisUrl } = JSON.parse(process.env['AUTOREPLY_TEST_SERVICES'] ?? '{}') as {
    databaseUrl?: string;
    redisUrl?: string;
  };
  if (databaseUrl === undefined) throw new Error('set TEST_DATABASE_URL');
  project.provide('databaseUrl', databaseUrl);
  project.provide('redisUrl', redisUrl);
}

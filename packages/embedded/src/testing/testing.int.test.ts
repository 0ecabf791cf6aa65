import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createScratchDatabase } from './scratch-database.ts';
import { provideTestServices } from './provide-test-services.ts';

describe('services for tests', () => {
  const run = async (connectionString: string, sql: string): Promise<unknown[]> => {
    const client = new Client({ connectionString });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };

  test('given services are passed on, migrated, and not started', async () => {
    const provided: Record<string, unknown> = {};
    const migrated: string[] = [];
    const tearDown = await provideTestServices({
      project: { provide: (key, value) => void (provided[key] = value) },
      databaseUrl: 'postgres://host/name',
      redisUrl: 'redis://host',
      migrate: async (url) => void migrated.push(url),
    });
    await tearDown();
    expect(provided).toEqual({ databaseUrl: 'postgres://host/name', redisUrl: 'redis://host' });
    expect(migrated).toEqual(['postgres://host/name']);
  });

  test('without any, embedded ones are started, and a scratch database is apart from them', async () => {
    const provided: Record<string, unknown> = {};
    const tearDown = await provideTestServices({
      project: { provide: (key, value) => void (provided[key] = value) },
      queue: 'postgres',
      migrate: (url) => run(url, 'CREATE TABLE notes (id int)'),
    });
    onTestFinished(tearDown);
    expect(provided['redisUrl']).toBeUndefined();
    const databaseUrl = String(provided['databaseUrl']);
    expect(await run(databaseUrl, 'SELECT * FROM notes')).toEqual([]);
    const scratch = await createScratchDatabase({ databaseUrl });
    onTestFinished(scratch.drop);
    await expect(run(scratch.databaseUrl, 'SELECT * FROM notes')).rejects.toThrow('does not exist');
  });
});

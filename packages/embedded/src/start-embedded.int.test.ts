import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@avito-autoreply/runtime';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startEmbedded } from './start-embedded.ts';
import { newFolder } from './testing/new-folder.ts';

let freshFolder = '';
beforeAll(async () => {
  // Writing a new database takes seconds, copying it does not.
  freshFolder = mkdtempSync(join(tmpdir(), 'autoreply-fresh-'));
  const embedded = await startEmbedded({ dataDir: freshFolder, redis: 'never', logger: silentLogger });
  await embedded.stop();
});
afterAll(() => rmSync(freshFolder, { recursive: true, force: true }));

function newDataDir(): string {
  const folder = newFolder();
  cpSync(freshFolder, folder, { recursive: true });
  return folder;
}

async function start(options: Partial<Parameters<typeof startEmbedded>[0]> = {}) {
  const embedded = await startEmbedded({ redis: 'never', logger: silentLogger, ...options });
  onTestFinished(() => embedded.stop());
  return embedded;
}

async function query(databaseUrl: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const ownerOf = (file: string): number => JSON.parse(readFileSync(file, 'utf8')).pid;
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A dead process still answers until whoever adopted it has collected it; Linux tells.
    return !existsSync('/proc/self') || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

/** What every user of the machine may read of its processes; nothing where there is no /proc. */
const commandLines = (): string[] =>
  (existsSync('/proc/self') ? readdirSync('/proc') : [])
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        // It has ended since.
        return '';
      }
    });

test('the passwords of the services stand in no command line', async () => {
  const { databaseUrl, redisUrl } = await start({ redis: 'auto' });
  const passwords = [databaseUrl, redisUrl].flatMap((url) =>
    url === undefined ? [] : [new URL(url).password],
  );
  for (const password of passwords) {
    expect(password).not.toBe('');
    expect(commandLines().filter((line) => line.includes(password))).toEqual([]);
  }
});

describe('embedded services and their folder', () => {
  test('rows outlast a stop and a start', async () => {
    const dataDir = newDataDir();
    const first = await start({ dataDir });
    expect(first).toMatchObject({ queueBackend: 'postgres', redisUrl: undefined });
    await query(first.databaseUrl, 'CREATE TABLE notes AS SELECT 7 AS number');
    await first.stop();
    expect(existsSync(join(dataDir, 'postgres.lock'))).toBe(false);
    const second = await start({ dataDir });
    expect(await query(second.databaseUrl, 'SELECT number FROM notes')).toEqual([{ number: 7 }]);
  });

  test('rows that were acknowledged outlast a kill -9 of the database, which is reported', async () => {
    const dataDir = newDataDir();
    const lost = Promise.withResolvers<unknown>();
    const first = await start({ dataDir, onLost: lost.resolve });
    await query(first.databaseUrl, 'CREATE TABLE notes (number int)');
    const client = new Client({ connectionString: first.databaseUrl });
    client.on('error', () => {});
    await client.connect();
    let acknowledged = 0;
    const writing = (async () => {
      for (;;) {
        await client.query('INSERT INTO notes VALUES ($1)', [acknowledged + 1]);
        acknowledged += 1;
        if (acknowledged === 200) process.kill(ownerOf(join(dataDir, 'postgres.lock')), 'SIGKILL');
      }
    })();
    await expect(writing).rejects.toThrow();
    expect(await lost.promise).toMatchObject({ code: 'embedded.lost' });

    const second = await start({ dataDir });
    const rows = await query(
      second.databaseUrl,
      'SELECT count(*)::int AS count, max(number) AS last FROM notes',
    );
    expect(rows).toEqual([{ count: expect.any(Number), last: expect.any(Number) }]);
    const [{ count, last }] = rows as [{ count: number; last: number }];
    expect(count).toBe(last);
    expect(count).toBeGreaterThanOrEqual(acknowledged);
  });

  test('a second start on the same folder is refused and names the process that has it', async () => {
    const dataDir = newDataDir();
    await start({ dataDir });
    const owner = ownerOf(join(dataDir, 'postgres.lock'));
    await expect(start({ dataDir })).rejects.toMatchObject({
      code: 'embedded.locked',
      message: expect.stringMatching(new RegExp(`${dataDir} is in use by process ${owner}`)),
    });
  });

  test('a folder half written by a first start that was killed is set aside', async () => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, 'postgres'));
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '18\n');
    const embedded = await start({ dataDir });
    expect(await query(embedded.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('a damaged database is refused with what to do about it', async () => {
    const dataDir = newDataDir();
    rmSync(join(dataDir, 'postgres', 'global'), { recursive: true });
    await expect(start({ dataDir })).rejects.toMatchObject({ code: 'embedded.data-folder' });
  });

  test('a folder that cannot be written is refused', async () => {
    const file = join(newFolder(), 'a file');
    writeFileSync(file, '');
    await expect(start({ dataDir: join(file, 'data') })).rejects.toMatchObject({
      code: 'embedded.data-folder',
    });
  });
});

describe('embedded services whose parent dies', () => {
  /** Stands in for Redis on machines without one. */
  function fakeRedisOnPath(): string {
    const folder = newFolder();
    const script = '#!/bin/sh\ncat > /dev/null\necho "Ready to accept connections"\nexec sleep 600\n';
    writeFileSync(join(folder, 'redis-server'), script, { mode: 0o755 });
    return folder;
  }

  /** A process that starts the embedded services, says where, and stays. */
  async function startParent({ dataDir, path }: { dataDir: string; path: string }) {
    const module = new URL('index.ts', import.meta.url).href;
    const program = `
      import { startEmbedded } from ${JSON.stringify(module)};
      const log = () => {};
      const logger = { debug: log, info: log, warn: log, error: log, child: () => logger };
      const { databaseUrl, queueBackend } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, redis: 'auto', logger });
      console.log(JSON.stringify({ databaseUrl, queueBackend }));`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env: { PATH: path },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const started: { databaseUrl: string; queueBackend: string } = JSON.parse(await firstLine(parent));
    const locks = ['postgres.lock', 'redis.lock'].map((file) => join(dataDir, file));
    return { parent, ...started, pids: locks.filter((file) => existsSync(file)).map(ownerOf) };
  }

  const firstLine = (child: ChildProcess): Promise<string> =>
    new Promise((resolve) => {
      child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    });
  const allGone = (pids: number[]) => expect.poll(() => pids.filter(isAlive)).toEqual([]);

  test('a kill -9 of the parent takes database and Redis along, in order, so the folder is free again', async () => {
    const dataDir = newDataDir();
    const { parent, pids } = await startParent({ dataDir, path: `${fakeRedisOnPath()}:/usr/bin:/bin` });
    expect(pids.filter(isAlive).length).toBe(2);
    parent.kill('SIGKILL');
    await allGone(pids);
    const locks = ['postgres.lock', 'redis.lock'].filter((file) => existsSync(join(dataDir, file)));
    expect(locks).toEqual([]);
  });

  test('even a database in the middle of a long query does not outlive the parent', async () => {
    const dataDir = newDataDir();
    const { parent, databaseUrl, pids } = await startParent({
      dataDir,
      path: `${fakeRedisOnPath()}:/usr/bin:/bin`,
    });
    const busy = query(databaseUrl, 'SELECT pg_sleep(60)').catch(() => 'cut off');
    const answers = async (): Promise<boolean> => {
      const probe = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 300 });
      probe.on('error', () => {});
      const isAnswered = await probe.connect().then(
        () => true,
        () => false,
      );
      // Not awaited: a busy database does not hear that we go.
      void probe.end();
      return isAnswered;
    };
    await expect.poll(answers).toBe(false);
    parent.kill('SIGKILL');
    await allGone(pids);
    expect(await busy).toBe('cut off');
  });

  test('without a Redis server on PATH the queue is for the database', async () => {
    const { parent, queueBackend, pids } = await startParent({ dataDir: newDataDir(), path: '/nowhere' });
    expect(queueBackend).toBe('postgres');
    expect(pids.length).toBe(1);
    parent.kill('SIGKILL');
    await allGone(pids);
  });
});

import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { readRunningStack, removeRunningStack, writeRunningStack } from './stack-file.ts';

const queueEnv = { QUEUE_BACKEND: 'postgres' };
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stack-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
});

/** Stands in for the database: something that takes connections. */
async function listening(): Promise<{ databaseUrl: string; close: () => Promise<void> }> {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  onTestFinished(close);
  return { databaseUrl: `postgres://u:p@127.0.0.1:${(server.address() as AddressInfo).port}/x`, close };
}

test('a running stack is found until it is removed, and only its owner may read the file', async () => {
  const { databaseUrl } = await listening();
  await writeRunningStack({ dataDir, stack: { pid: process.pid, databaseUrl, queueEnv } });
  expect(await readRunningStack({ dataDir })).toEqual({ pid: process.pid, databaseUrl, queueEnv });
  expect((await stat(join(dataDir, 'stack.json'))).mode & 0o777).toBe(0o600);
  await removeRunningStack({ dataDir });
  await removeRunningStack({ dataDir });
  expect(await readRunningStack({ dataDir })).toBeUndefined();
});

test('the file of a process that is gone does not count', async () => {
  const { databaseUrl } = await listening();
  // No process has the highest number that a pid may have.
  await writeRunningStack({ dataDir, stack: { pid: 2 ** 31 - 1, databaseUrl, queueEnv } });
  expect(await readRunningStack({ dataDir })).toBeUndefined();
});

test('nor does one whose number went to another process: its database does not answer', async () => {
  const { databaseUrl, close } = await listening();
  await writeRunningStack({ dataDir, stack: { pid: process.pid, databaseUrl, queueEnv } });
  await close();
  expect(await readRunningStack({ dataDir })).toBeUndefined();
});

test.each(['', '{', '{"pid":0}', '{"pid":1,"databaseUrl":"nowhere"}'])(
  'a damaged file is as good as none: %s',
  async (text) => {
    await writeFile(join(dataDir, 'stack.json'), text);
    expect(await readRunningStack({ dataDir })).toBeUndefined();
  },
);

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { avitoEnvironment } from './avito.ts';
import { writeRunningStack } from './stack/stack-file.ts';

const simulator = {
  AVITO_API_BASE_URL: 'http://127.0.0.1:3003',
  AVITO_CLIENT_ID: 'sandbox',
  AVITO_CLIENT_SECRET: 'sandbox-secret',
  AVITO_USER_ID: '401122334',
};

let dataDir: string;
let databaseUrl: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'avito-'));
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    await rm(dataDir, { recursive: true });
  });
  databaseUrl = `postgres://u:p@127.0.0.1:${(server.address() as AddressInfo).port}/x`;
});

const start = (avitoEnv?: Record<string, string>) =>
  writeRunningStack({ dataDir, stack: { pid: process.pid, databaseUrl, queueEnv: {}, avitoEnv } });

test('without an account commands ask the simulator of the stack that runs here', async () => {
  await start(simulator);
  expect(await avitoEnvironment({ environment: { LOG_LEVEL: 'warn' }, dataDir })).toEqual({
    LOG_LEVEL: 'warn',
    ...simulator,
  });
});

test.each([
  [
    'an account is configured',
    { AVITO_CLIENT_ID: 'a', AVITO_CLIENT_SECRET: 'b', AVITO_USER_ID: '7' },
    simulator,
  ],
  ['another database is named', { DATABASE_URL: 'postgres://u:p@db.example:5432/shop' }, simulator],
  ['the stack runs on the real Avito', {}, undefined],
])('the environment holds where %s', async (_, environment, avitoEnv) => {
  await start(avitoEnv);
  expect(await avitoEnvironment({ environment, dataDir })).toEqual(environment);
});

test('the environment holds where nothing runs', async () => {
  expect(await avitoEnvironment({ environment: {}, dataDir })).toEqual({});
});

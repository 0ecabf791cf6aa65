import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { AppError } from '@avito-autoreply/runtime';
import { beforeEach, expect, inject, test } from 'vitest';
import { forkApp } from './fork-app.ts';
import { startStack } from './start-stack.ts';

// Node tells here of every process that is started.
let started: ChildProcess[];
const onStart = (message: unknown): void => {
  started.push((message as { process: ChildProcess }).process);
};
beforeEach(() => {
  started = [];
  subscribe('child_process', onStart);
  return () => void unsubscribe('child_process', onStart);
});
const stillRunning = (): ChildProcess[] =>
  started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);

test('an app listens, logs line by line, and ends with exit code 0 when it is stopped', async () => {
  const lines: string[] = [];
  const app = await forkApp({
    name: 'simulator',
    env: { SIMULATOR_PORT: '0' },
    onLog: (line) => lines.push(line),
  });
  expect((await fetch(`http://127.0.0.1:${app.port}/_control/ledger`)).status).toBe(200);
  await app.stop();
  expect(await app.ended).toBe(0);
  expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toContain('listening');
  await app.stop();
});

test('an app that does not start is told with its last words', async () => {
  const starting = forkApp({ name: 'ingest', env: {}, onLog: () => {} });
  await expect(starting).rejects.toMatchObject({
    code: 'stack.app-failed',
    message: expect.stringMatching(/^ingest did not start: exit code 1\n[\s\S]*REDIS_URL/),
  });
});

test('a start that is given up ends the process', async () => {
  const giveUp = new AbortController();
  const reason = new AppError('interrupted', { code: 'cli.interrupted' });
  const starting = forkApp({
    name: 'simulator',
    env: { SIMULATOR_PORT: '0' },
    onLog: () => {},
    signal: giveUp.signal,
  });
  giveUp.abort(reason);
  await expect(starting).rejects.toBe(reason);
  expect(started).toHaveLength(1);
  expect(stillRunning()).toEqual([]);
});

test('when one app fails to start, those that are starting or started are ended', async () => {
  const starting = startStack({
    services: { databaseUrl: inject('databaseUrl'), queueEnv: { QUEUE_BACKEND: 'postgres' } },
    queuePrefix: 'cli-test',
    account: { userId: 1, clientId: 'id', clientSecret: 'secret' },
    webhook: { secret: undefined, token: 'a-token-for-the-tests' },
    adminApiKey: 'too short',
    ports: { ingest: 0, worker: 0, admin: 0, simulator: 0 },
    extraEnv: {},
    baseEnv: {},
    onLog: () => {},
  });
  await expect(starting).rejects.toMatchObject({
    code: 'stack.app-failed',
    message: expect.stringContaining('ADMIN_API_KEY'),
  });
  expect(started).toHaveLength(4);
  expect(stillRunning()).toEqual([]);
});

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, silentLogger } from '@avito-autoreply/runtime';
import { expect, onTestFinished, test } from 'vitest';
import { createCaptureRequest } from './capture-request.ts';

async function setUp() {
  const folder = await mkdtemp(join(tmpdir(), 'capture-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'request.json');
  const { promise: told, resolve } = Promise.withResolvers<string>();
  const logger: Logger = { ...silentLogger, warn: (message) => resolve(message) };
  return { file, told, capture: createCaptureRequest({ file, logger }) };
}
const signed = (body: string) => ({
  path: '/hook/token',
  headers: { 'x-avito-messenger-signature': 'ab' },
  rawBody: Buffer.from(body),
});

test('the first signed request is kept, for its owner alone, and no later one', async () => {
  const { file, told, capture } = await setUp();
  capture({ ...signed('unsigned'), headers: {} });
  capture(signed('first'));
  capture(signed('second'));
  expect(await told).toMatch(/^one webhook request captured/);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
    path: '/hook/token',
    headers: { 'x-avito-messenger-signature': 'ab' },
    bodyBase64: Buffer.from('first').toString('base64'),
  });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a file that is there is not overwritten', async () => {
  const { file, told, capture } = await setUp();
  await writeFile(file, 'mine');
  capture(signed('first'));
  expect(await told).toBe('the webhook request was not captured');
  expect(await readFile(file, 'utf8')).toBe('mine');
});

import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

const environment = {
  AVITO_CLIENT_ID: 'the-client-id',
  AVITO_CLIENT_SECRET: 'the-client-secret',
  AVITO_USER_ID: '401122334',
  AVITO_WEBHOOK_SECRET: 'the-webhook-secret',
  AVITO_WEBHOOK_TOKEN: 'an-unguessable-token',
};
const body = '{"id":"0b7d","payload":{"type":"message"}}';
const hmac = (key: string) => createHmac('sha256', key).update(body).digest('hex');

async function diagnose(signature: string | undefined, ...more: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'diagnose-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'request.json');
  const headers = {
    host: 'shop.example',
    ...(signature === undefined ? {} : { 'x-avito-messenger-signature': signature }),
  };
  await writeFile(file, JSON.stringify({ headers, body, path: '/hook' }));
  const result = await runCli(['webhook', 'diagnose', '--request', file, ...more], environment);
  for (const key of ['client-secret', 'client-id', 'webhook-secret', 'unguessable', 'guessed'])
    expect(result.stdout + result.stderr).not.toContain(key);
  return result;
}

test.each([
  ['client_secret', hmac('the-client-secret'), /Set AVITO_WEBHOOK_SECRET to the value of client_secret/],
  ['webhook secret', hmac('the-webhook-secret'), /is configured: AVITO_SIGNATURE_MODE=hmac/],
  ['user_id', hmac('401122334'), /value of user_id/],
  ['url 1', hmac('https://shop.example/hook'), /value of url 1/],
])('the key %s is found by its name, and what to set is told', async (name, signature, advice) => {
  const { exitCode, stdout } = await diagnose(signature);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`fits x-avito-messenger-signature: hmac-sha256 of the raw body with ${name}, hex`);
  expect(stdout).toMatch(advice);
});

test('a guess may be given, and a kind that ingest cannot check is told so', async () => {
  const signature = createHash('md5').update(`guessed${body}`).digest('base64');
  expect((await diagnose(signature)).exitCode).toBe(1);
  const { exitCode, stdout } = await diagnose(signature, '--key', 'wrong', '--key', 'guessed');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/md5 of key \+ body with --key 2, base64\n.*AVITO_SIGNATURE_MODE=presence/);
});

test('with --json the matches are an object; without a signature there are none', async () => {
  const { stdout } = await diagnose(hmac('the-client-secret'), '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    headers: [{ form: 'hex', length: 64 }],
    matches: [{ candidate: 'client_secret', algorithm: 'hmac-sha256 of the raw body', encoding: 'hex' }],
  });
  expect(await diagnose(undefined)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('no header that could be a signature'),
  });
});

test('a file that is not there is a wrong call', async () => {
  expect(await runCli(['webhook', 'diagnose', '--request', '/nowhere'], environment)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^capture\.no-such-file: /),
  });
});

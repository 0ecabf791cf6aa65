import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

function start(env: Record<string, string>) {
  const child = fork(main, { env, silent: true });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test('tells its parent the port, serves, and ends when the parent lets go', async () => {
  const child = start({ SIMULATOR_PORT: '0', SIMULATOR_ACCOUNT_ID: '55' });
  const [message] = (await once(child, 'message')) as [{ type: string; port: number }];
  expect(message).toEqual({ type: 'listening', port: expect.any(Number) });
  const url = `http://127.0.0.1:${message.port}/_control`;
  expect(await (await fetch(`${url}/accounts`)).json()).toMatchObject([{ id: 55, name: 'ТехноДом' }]);
  // An open stream does not keep it from ending.
  const stream = await fetch(`${url}/events`);
  const exited = once(child, 'exit');
  child.disconnect();
  expect(await exited).toEqual([0, null]);
  await stream.text();
});

test('refuses to start with every problem named', async () => {
  const child = start({ SIMULATOR_PORT: 'x', SIMULATOR_ACCOUNT_ID: '-1' });
  let output = '';
  child.stderr?.on('data', (chunk) => (output += String(chunk)));
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(output).toContain('SIMULATOR_PORT');
  expect(output).toContain('SIMULATOR_ACCOUNT_ID');
});

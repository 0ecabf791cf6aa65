import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { useSimulatedAvito } from './testing/simulated-avito.ts';

const avito = useSimulatedAvito();

/** What a reader of packages/avito copies first. */
async function firstExample(): Promise<string> {
  const readme = new URL('../../../packages/avito/README.md', import.meta.url);
  const [, code] = /```ts\n(.*?)```/s.exec(await readFile(readme, 'utf8')) ?? [];
  if (code === undefined) throw new Error('the README of packages/avito has no example');
  return code;
}

test('the ten lines that the README begins with send a message', async () => {
  const code = await firstExample();
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(10);
  const { chatId } = await avito.control().buyerWrites({ text: 'Ещё продаёте?' });
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '--eval', code],
    { cwd: import.meta.dirname, env: { ...avito.environment() } },
  );
  expect(stdout).toMatch(/^sent [0-9a-f]{32}\n$/);
  const messages = (await avito.control().ledger()).buyerMessages;
  expect(messages.find((message) => message.chatId === chatId)?.state).toBe('once');
});

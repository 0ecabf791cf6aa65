import { randomInt } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { SAMPLE_SHOP } from '../sample-shop.ts';
import { runCli } from '../testing/run-cli.ts';
import { useSimulatedAvito } from '../testing/simulated-avito.ts';

const simulated = useSimulatedAvito();

test('ask tells what the check of facts stopped in a model’s answer', async () => {
  const switched = await fetch(`${simulated.url()}/_control/switches`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ modelMode: 'inventing' }),
  });
  expect(switched.ok).toBe(true);
  const account = ['--account', String(randomInt(1_000_000_000, 9_000_000_000))];
  const environment = {
    DATABASE_URL: inject('databaseUrl'),
    OPENAI_API_KEY: 'any',
    OPENAI_BASE_URL: `${simulated.url()}/v1`,
    OPENAI_CHAT_MODEL: 'simulated-chat',
  };
  await runCli(['kb', 'sync', SAMPLE_SHOP, ...account], environment);
  const ask = ['ask', 'Сколько стоит доставка в Казань?', ...account];
  const { stdout } = await runCli(ask, environment);
  expect(stdout).toMatch(
    /Модель simulated-chat ответила, но проверка не пропустила ответ:\n +– .+ нет в источниках/,
  );
  const { stdout: json } = await runCli([...ask, '--json'], environment);
  expect(JSON.parse(json)).toMatchObject({
    reason: 'gate-refused',
    trace: { attempts: [{ outcome: 'refused' }] },
    lines: expect.arrayContaining(['Это проба: покупателю ничего не отправлено.']),
  });
});

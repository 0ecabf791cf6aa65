import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { SANDBOX_ACCOUNT_ID, selectAccount, selectAccountId } from './account.ts';
import { UsageError } from './exit-code.ts';

describe('with two accounts in a file', () => {
  let environment: Record<string, string>;
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'accounts-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'accounts.json');
    const accounts = [1, 2].map((id) => ({ user_id: id, client_id: `c${id}`, client_secret: 's' }));
    await writeFile(file, JSON.stringify(accounts));
    environment = { AVITO_ACCOUNTS_FILE: file };
  });

  test('the wanted one is taken', async () => {
    const { account } = await selectAccount({ environment, wanted: 2 });
    expect(account).toMatchObject({ userId: 2, clientId: 'c2', clientSecret: 's' });
    expect(await selectAccountId({ environment, wanted: 1 })).toBe(1);
  });

  test('without --account the choices are named', async () => {
    const choosing = selectAccountId({ environment, wanted: undefined });
    await expect(choosing).rejects.toThrow(UsageError);
    await expect(choosing).rejects.toThrow(/--account: 1, 2/);
  });

  test('one that is not configured is refused, for the knowledge base too', async () => {
    await expect(selectAccount({ environment, wanted: 3 })).rejects.toThrow(/3 is not configured/);
    await expect(selectAccountId({ environment, wanted: 3 })).rejects.toThrow(/3 is not configured/);
  });
});

test("without any account the sandbox's knowledge base is meant, or the one that is named", async () => {
  expect(await selectAccountId({ environment: {}, wanted: undefined })).toBe(SANDBOX_ACCOUNT_ID);
  expect(await selectAccountId({ environment: {}, wanted: 7 })).toBe(7);
});

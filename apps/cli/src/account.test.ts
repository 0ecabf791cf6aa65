import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { SANDBOX_ACCOUNT_ID, selectAccount, selectAccountId, selectKnowledge } from './account.ts';
import { UsageError } from './exit-code.ts';

describe('with two accounts in a file', () => {
  let environment: Record<string, string>;
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'accounts-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'accounts.json');
    const accounts = [1, 2].map((id) => ({
      user_id: id,
      client_id: `c${id}`,
      client_secret: 's',
      knowledge_of: 2,
    }));
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

  test('a knowledge base that is lent is read, and changed only where it belongs', async () => {
    expect(await selectKnowledge({ environment, wanted: 1 })).toEqual({
      accountId: 1,
      knowledgeAccountId: 2,
    });
    const lender = await selectKnowledge({ environment, wanted: 2, isChange: true });
    expect(lender).toEqual({ accountId: 2, knowledgeAccountId: 2 });
    await expect(selectKnowledge({ environment, wanted: 1, isChange: true })).rejects.toThrow(/--account 2/);
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

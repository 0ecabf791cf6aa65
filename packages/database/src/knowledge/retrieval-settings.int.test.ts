import { expect, test } from 'vitest';
import { newChat, useTestDatabase } from '../testing/test-database.ts';
import { createRetrievalSettingsRepository } from './retrieval-settings.repository.ts';

const { pool } = useTestDatabase();
const settings = createRetrievalSettingsRepository(pool);

test('weights are those of the account, until they are reset', async () => {
  const [{ accountId }, other] = [newChat(), newChat()];
  await settings.saveWeights({ accountId, weights: { dense: 1, lexical: 0.3 } });
  await settings.saveWeights({ accountId, weights: { dense: 0.5, lexical: 2 } });
  expect(await settings.weightsOf({ accountId })).toEqual({ dense: 0.5, lexical: 2 });
  expect(await settings.weightsOf(other)).toBeUndefined();
  await settings.reset({ accountId });
  expect(await settings.weightsOf({ accountId })).toBeUndefined();
});

test('weights that could not rank anything are refused', async () => {
  const { accountId } = newChat();
  for (const weights of [
    { dense: 0, lexical: 0 },
    { dense: -1, lexical: 1 },
  ])
    await expect(settings.saveWeights({ accountId, weights })).rejects.toThrow('check constraint');
  expect(await settings.weightsOf({ accountId })).toBeUndefined();
});

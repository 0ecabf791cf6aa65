import { expect, test } from 'vitest';
import { newChat, useTestDatabase } from '../testing/test-database.ts';

const { answerSettings } = useTestDatabase().repositories;
const newAccount = () => newChat().accountId;

test('an account has no settings until some are published; then the latest hold', async () => {
  const accountId = newAccount();
  expect(await answerSettings.current({ accountId })).toBeUndefined();
  await answerSettings.publish({ accountId, settings: { tone: 'на «вы»' }, author: 'Ольга', note: 'проба' });
  await answerSettings.publish({ accountId, settings: { tone: 'на «ты»' } });
  expect(await answerSettings.current({ accountId })).toMatchObject({
    version: 2,
    settings: { tone: 'на «ты»' },
    author: null,
  });
  expect(await answerSettings.list({ accountId })).toMatchObject([
    { version: 2 },
    { version: 1, author: 'Ольга', note: 'проба', restoredFrom: null },
  ]);
});

test('going back adds a version with the old content, and loses none', async () => {
  const accountId = newAccount();
  for (const tone of ['раз', 'два']) await answerSettings.publish({ accountId, settings: { tone } });
  const restored = await answerSettings.rollback({ accountId, version: 1 });
  expect(restored).toMatchObject({ version: 3, restoredFrom: 1, settings: { tone: 'раз' } });
  expect(await answerSettings.current({ accountId })).toEqual(restored);
  expect(await answerSettings.find({ accountId, version: 2 })).toMatchObject({ settings: { tone: 'два' } });
  await expect(answerSettings.rollback({ accountId, version: 9 })).rejects.toMatchObject({
    code: 'answering.unknown-version',
  });
});

test('of many who change the same version one wins, and nothing is lost', async () => {
  const accountId = newAccount();
  await answerSettings.publish({ accountId, settings: {}, baseVersion: null });
  const results = await Promise.allSettled(
    Array.from({ length: 6 }, (_, tone) =>
      answerSettings.publish({ accountId, settings: { tone }, baseVersion: 1 }),
    ),
  );
  const refused = results.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(5);
  expect(refused[0]).toMatchObject({ reason: { code: 'answering.settings-changed' } });
  expect(await answerSettings.list({ accountId })).toHaveLength(2);
});

test('without a base version every change gets a number of its own', async () => {
  const accountId = newAccount();
  await Promise.all(
    Array.from({ length: 6 }, (_, tone) => answerSettings.publish({ accountId, settings: { tone } })),
  );
  const versions = (await answerSettings.list({ accountId })).map(({ version }) => version);
  expect(versions).toEqual([6, 5, 4, 3, 2, 1]);
});

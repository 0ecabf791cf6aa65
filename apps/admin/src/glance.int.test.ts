import { expect, test } from 'vitest';
import { createGlance } from './glance.ts';
import { setUp } from './testing/fixture.ts';
import { storeDraft, storeMessage } from './testing/stored-chats.ts';

test('the start page counts what the lists of the same name hold', async () => {
  const { repositories, accountId, call } = await setUp();
  const key = (chatId: string) => ({ accountId, chatId, messageId: `m-${chatId}` });
  await storeDraft(repositories, key('draft'));
  await storeMessage(repositories, key('held'));
  await storeMessage(repositories, key('answered-by-hand'));
  await storeMessage(repositories, {
    ...key('answered-by-hand'),
    messageId: 'by-hand',
    direction: 'out',
    authorId: accountId,
    authorKind: 'operator',
    decision: 'ignore',
    reason: 'operator-wrote',
  });
  await storeMessage(repositories, { ...key('waiting'), decision: 'answer', reason: 'buyer-message' });
  const glance = createGlance({
    accounts: [{ userId: accountId, name: undefined }],
    ...repositories,
    collectGaps: async () => ({ isComplete: true }),
  });
  const { body } = await call('/api/v1/messages/unanswered');
  expect(body['total']).toBe(1);
  expect(await glance()).toMatchObject([{ waiting: 1, unanswered: 1, drafts: 1, unknownSends: 0 }]);
});

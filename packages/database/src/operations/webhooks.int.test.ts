import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { buyerMessage, newChat, operatorMessage, useTestDatabase } from '../testing/test-database.ts';

const {
  repositories: { events, turns, webhooks },
} = useTestDatabase();

test('the last registration of an account is kept, until it is forgotten', async () => {
  const { accountId } = newChat();
  expect(await webhooks.findRegistration({ accountId })).toBeUndefined();
  await webhooks.saveRegistration({ accountId, url: 'https://old.example/hook' });
  await webhooks.saveRegistration({ accountId, url: 'https://shop.example/hook' });
  expect(await webhooks.findRegistration({ accountId })).toEqual({
    url: 'https://shop.example/hook',
    registeredAt: expect.any(Date),
  });
  await webhooks.forgetRegistration({ accountId });
  expect(await webhooks.findRegistration({ accountId })).toBeUndefined();
});

test('the last event is a buyer’s message or one that we did not understand, of this account', async () => {
  const chat = newChat();
  const { accountId } = chat;
  expect(await webhooks.lastEventAt({ accountId })).toBeNull();
  await turns.takeInMessage(operatorMessage(chat));
  expect(await webhooks.lastEventAt({ accountId })).toBeNull();
  await turns.takeInMessage(buyerMessage(chat));
  const ofMessage = await webhooks.lastEventAt({ accountId });
  expect(ofMessage).toBeInstanceOf(Date);
  await events.keepUnrecognized({ eventKey: randomUUID(), accountId, reason: 'odd', body: {} });
  const latest = await webhooks.lastEventAt({ accountId });
  expect(latest?.getTime()).toBeGreaterThanOrEqual(ofMessage?.getTime() ?? Infinity);
});

import { silentLogger, systemClock } from '@avito-autoreply/runtime';
import { expect, test } from 'vitest';
import { createComposeReply } from './compose/compose-reply.ts';
import type { ReplySettings } from './reply-settings.ts';
import { createSendReply } from './send/send-reply.ts';
import { createReturnToAuto } from './take-in/return-to-auto.ts';
import { createTakeInEvent } from './take-in/take-in-event.ts';
import { plainAnswer } from './testing/compose-set-up.ts';
import { workBound } from './take-in/work-bound.ts';
import {
  createBell,
  createFakeAvito,
  jobContext,
  noBudget,
  noMedia,
  setUpAccount,
  settingsWith,
} from './testing/set-up.ts';

/** One worker for two accounts, which both have a chat of the same id; what differs is given per account. */
function setUp(own: { first?: Partial<ReplySettings>; second?: Partial<ReplySettings> } = {}) {
  const { repositories, accountId: first, chatId } = setUpAccount();
  const second = first + 400_000_000_000;
  const settingsOf = (id: number) => settingsWith(id === first ? own.first : own.second)(id);
  const bell = createBell();
  const asked: { accountId: number; knowledgeAccountId: number }[] = [];
  const { posts, clientOf } = createFakeAvito();
  const common = { repositories, queues: bell, settingsOf, clock: systemClock, logger: silentLogger };
  const takeIn = createTakeInEvent({
    ...common,
    isOurAccount: (id) => id === first || id === second,
    switchedOnAt: async () => new Date(0),
    returnToAuto: createReturnToAuto({ ...common, chats: repositories.chats }),
    bound: workBound({ maxChats: 1_000, text: '' }),
  });
  const compose = createComposeReply({
    ...common,
    engine: {
      generateAnswer: async ({ accountId, knowledgeAccountId = accountId }) => {
        asked.push({ accountId, knowledgeAccountId });
        return plainAnswer;
      },
    },
    readMedia: noMedia,
    itemContext: async () => ({ item: null, status: null, kept: Promise.resolve() }),
    budget: noBudget,
    watchModels: async () => undefined,
  });
  const send = createSendReply({ ...common, settleMs: 20_000, clientOf });
  const deliver = (userId: number, value: Record<string, unknown> = {}) => {
    const message = {
      id: 'the-same-message-id',
      chat_id: chatId,
      user_id: userId,
      author_id: 287_654_321,
      created: Math.floor(Date.now() / 1_000),
      type: 'text',
      content: { text: 'Ещё продаёте?' },
      ...value,
    };
    return takeIn(
      {
        eventKey: `m-${userId}-${message.id}`,
        receivedAt: Date.now(),
        body: { payload: { type: 'message', value: message } },
      },
      jobContext,
    );
  };
  const chatOf = (accountId: number) => repositories.chats.findChat({ accountId, chatId });
  const messagesOf = (accountId: number) => repositories.chats.listMessages({ accountId, chatId });
  return {
    repositories,
    first,
    second,
    chatId,
    bell,
    asked,
    posts,
    deliver,
    compose,
    send,
    chatOf,
    messagesOf,
    takeIn,
  };
}

test('the same chat and message id of two accounts are two messages, two turns and two answers', async () => {
  const { first, second, chatId, bell, deliver, compose, messagesOf } = setUp();
  await deliver(first);
  await deliver(second);
  for (const accountId of [first, second]) await compose({ accountId, chatId, turn: 1 }, jobContext);
  for (const accountId of [first, second]) {
    expect(await messagesOf(accountId)).toMatchObject([{ accountId, messageId: 'the-same-message-id' }]);
  }
  const rung = bell.rung.map(({ name, payload }) => [name, (payload as { accountId: number }).accountId]);
  expect(rung).toEqual([
    ['compose-reply', first],
    ['compose-reply', second],
    ['send-reply', first],
    ['send-reply', second],
  ]);
});

test('an operator who takes the chat of one account leaves that of the other alone', async () => {
  const { first, second, deliver, chatOf } = setUp();
  await deliver(first);
  await deliver(second);
  await deliver(second, { id: 'by-hand', author_id: second, content: { text: 'Отвечу сам' } });
  expect(await chatOf(second)).toMatchObject({ mode: 'human' });
  expect(await chatOf(first)).toMatchObject({ mode: 'auto' });
});

test('each account answers by its own settings', async () => {
  const { first, second, deliver, messagesOf, bell } = setUp({
    first: { isEnabled: false },
    second: { quietMs: 20_000 },
  });
  await deliver(first);
  await deliver(second);
  expect(await messagesOf(first)).toMatchObject([{ decisionReason: 'auto-reply-disabled' }]);
  expect(await messagesOf(second)).toMatchObject([{ decision: 'answer' }]);
  expect(bell.rung).toMatchObject([{ payload: { accountId: second } }]);
  expect(bell.rung[0]?.delayMs).toBeGreaterThan(0);
});

test('each account is answered from its own knowledge base, or from the one that it was lent', async () => {
  const lender = 77;
  const { first, second, chatId, asked, deliver, compose } = setUp({
    second: { knowledgeAccountId: lender },
  });
  await deliver(first);
  await deliver(second);
  await compose({ accountId: first, chatId, turn: 1 }, jobContext);
  await compose({ accountId: second, chatId, turn: 1 }, jobContext);
  expect(asked).toEqual([
    { accountId: first, knowledgeAccountId: first },
    { accountId: second, knowledgeAccountId: lender },
  ]);
});

test("no account sends another one's reply, nor confirms its sends", async () => {
  const { first, second, chatId, bell, posts, deliver, compose, send, repositories, chatOf } = setUp();
  await deliver(first);
  await compose({ accountId: first, chatId, turn: 1 }, jobContext);
  const rung = bell.rung.at(-1)?.payload as { replyId: string } | undefined;
  const replyId = rung?.replyId ?? '';
  await send({ accountId: second, chatId, replyId }, jobContext);
  expect(posts).toEqual([]);

  // The very text that the first account is about to send, written in the other account's chat.
  await deliver(second, { id: 'echo', author_id: second, content: { text: plainAnswer.text } });
  expect(await repositories.sends.findReply({ replyId })).toMatchObject({ sends: [{ status: 'queued' }] });
  expect(await chatOf(first)).toMatchObject({ mode: 'auto' });
  await send({ accountId: first, chatId, replyId }, jobContext);
  expect(posts).toEqual([plainAnswer.text]);
});

test('an event that tells no account is kept for the one whose webhook it came to', async () => {
  const { first, second, takeIn, repositories } = setUp();
  const eventKey = `e-${crypto.randomUUID()}`;
  const body = { payload: { type: 'chat_archived' } };
  await takeIn({ eventKey, receivedAt: 1, body, accountId: second }, jobContext);
  expect(await repositories.events.listUnrecognized({ accountId: second })).toMatchObject([
    { eventKey, body },
  ]);
  expect(await repositories.events.listUnrecognized({ accountId: first })).toEqual([]);
});

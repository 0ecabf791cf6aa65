import { silentLogger, systemClock } from '@avito-autoreply/runtime';
import { describe, expect, test } from 'vitest';
import { createBell, jobContext, policy, setUpAccount, settingsWith } from '../testing/set-up.ts';
import { createReturnToAuto } from './return-to-auto.ts';
import { createTakeInEvent } from './take-in-event.ts';
import { workBound } from './work-bound.ts';

const BUYER = 287_654_321;
const DAY_MS = 86_400_000;

function setUp(
  change: Parameters<typeof settingsWith>[0] = {},
  { switchedOnDaysAgo = 1, maxChats = 1_000 } = {},
) {
  const { repositories, accountId, chatId } = setUpAccount();
  const bell = createBell();
  const settingsOf = settingsWith(change);
  const takeIn = createTakeInEvent({
    repositories,
    queues: bell,
    isOurAccount: (id) => id === accountId,
    settingsOf,
    switchedOnAt: async () => new Date(Date.now() - switchedOnDaysAgo * DAY_MS),
    returnToAuto: createReturnToAuto({
      chats: repositories.chats,
      queues: bell,
      settingsOf,
      logger: silentLogger,
    }),
    bound: workBound({ maxChats, text: 'Передал сотруднику.' }),
    clock: systemClock,
    logger: silentLogger,
  });
  const deliver = (value: Record<string, unknown>) => {
    const message = {
      id: crypto.randomUUID().replaceAll('-', ''),
      chat_id: chatId,
      user_id: accountId,
      author_id: BUYER,
      created: Math.floor(Date.now() / 1_000),
      type: 'text',
      content: { text: 'Ещё продаёте?' },
      ...value,
    };
    const body = {
      id: crypto.randomUUID(),
      version: 'v3.0.0',
      timestamp: 1,
      payload: { type: 'message', value: message },
    };
    return takeIn({ eventKey: `m-${accountId}-${message.id}`, receivedAt: Date.now(), body }, jobContext);
  };
  const messages = () => repositories.chats.listMessages({ accountId, chatId });
  const chat = () => repositories.chats.findChat({ accountId, chatId });
  return { repositories, accountId, chatId, bell, takeIn, deliver, messages, chat };
}

describe("a buyer's message", () => {
  test('is stored with its decision and rings for its turn after the quiet time', async () => {
    const { deliver, messages, bell, accountId, chatId } = setUp({ quietMs: 20_000 });
    await deliver({ content: { text: 'Торг есть?' } });
    expect(await messages()).toMatchObject([
      { text: 'Торг есть?', direction: 'in', authorKind: 'buyer', decision: 'answer', replyId: null },
    ]);
    expect(bell.rung).toMatchObject([{ name: 'compose-reply', payload: { accountId, chatId, turn: 1 } }]);
    expect(bell.rung[0]?.delayMs).toBeGreaterThan(0);
  });

  test('that comes again is stored once, and rings again while it waits: the first bell may never have rung', async () => {
    const { deliver, messages, bell } = setUp();
    await deliver({ id: 'a'.repeat(32) });
    await deliver({ id: 'a'.repeat(32) });
    expect(await messages()).toHaveLength(1);
    expect(bell.rung.map((ring) => ring.payload)).toEqual([bell.rung[0]?.payload, bell.rung[0]?.payload]);
  });

  test('of an hour ago is held for the owner, and nothing rings', async () => {
    const { deliver, messages, bell } = setUp();
    await deliver({ created: Math.floor(Date.now() / 1_000) - 4_000 });
    expect(await messages()).toMatchObject([{ decision: 'hold', decisionReason: 'too-old' }]);
    expect(bell.rung).toEqual([]);
  });

  test('in a chat that a person leads is held', async () => {
    const { deliver, messages, bell, repositories, accountId, chatId } = setUp();
    await deliver({});
    await repositories.chats.pauseChat({ accountId, chatId });
    await deliver({});
    expect((await messages()).map((message) => message.decision)).toEqual(['hold', 'hold']);
    expect(bell.rung).toHaveLength(1);
  });

  test('while answering is switched off is taken in and held', async () => {
    const { deliver, messages } = setUp({ isEnabled: false });
    await deliver({});
    expect(await messages()).toMatchObject([{ decision: 'hold', decisionReason: 'auto-reply-disabled' }]);
  });
});

describe('when too much waits for the model', () => {
  test('a message is answered without it, and its chat is with a person', async () => {
    const { deliver, bell, chat, repositories, accountId } = setUp({}, { maxChats: 1 });
    await deliver({ chat_id: 'u2i-the-one-at-work' });
    await deliver({ content: { text: 'Торг есть?' } });
    const [, ring] = bell.rung;
    expect(ring).toMatchObject({ name: 'send-reply' });
    const { replyId } = (ring?.payload ?? {}) as { replyId: string };
    expect(await repositories.sends.findReply({ replyId })).toMatchObject({
      reply: { mode: 'static', action: 'handoff', reason: 'queue-full', question: 'Торг есть?' },
      sends: [{ text: 'Передал сотруднику.', status: 'queued' }],
    });
    expect(await chat()).toMatchObject({ mode: 'human', modeReason: 'queue-full' });
    expect(await repositories.chats.listHeldMessages({ accountId })).toEqual([]);
  });

  test('that will be a draft waits for the model however much waits already', async () => {
    const { deliver, messages, bell } = setUp({ policy: { ...policy, replyMode: 'draft' } }, { maxChats: 0 });
    await deliver({});
    expect(await messages()).toMatchObject([{ decision: 'answer', replyId: null }]);
    expect(bell.rung).toMatchObject([{ name: 'compose-reply' }]);
  });

  test('a chat that waits already takes further messages along', async () => {
    const { deliver, bell, messages } = setUp({}, { maxChats: 1 });
    await deliver({});
    await deliver({});
    expect(bell.rung.map(({ name }) => name)).toEqual(['compose-reply', 'compose-reply']);
    expect(await messages()).toMatchObject([{ replyId: null }, { replyId: null }]);
  });
});

describe('what no buyer wrote', () => {
  test.each([
    ['author 0', { author_id: 0, type: 'system', content: { flow_id: 'flower_161071', text: 'С 9 до 20' } }],
    ['author 1', { author_id: 1, content: { text: 'Оцените сделку' } }],
  ])("Avito's own message (%s) is stored and not answered", async (_name, value) => {
    const { deliver, messages, bell } = setUp();
    await deliver(value);
    expect(await messages()).toMatchObject([{ authorKind: 'avito', decision: 'ignore' }]);
    expect(bell.rung).toEqual([]);
  });

  test("a flow that speaks in the seller's name does not count as an operator", async () => {
    const { deliver, chat, accountId } = setUp();
    await deliver({ author_id: accountId, type: 'system', content: { flow_id: 'seller_audience_discount' } });
    expect(await chat()).toMatchObject({ mode: 'auto' });
  });

  test("an operator's message leaves the chat to him, waiting messages included", async () => {
    const { deliver, chat, messages, accountId } = setUp();
    await deliver({});
    await deliver({ author_id: accountId, content: { text: 'Добрый день, отвечу сам' } });
    expect(await chat()).toMatchObject({ mode: 'human', modeReason: 'operator-wrote' });
    expect((await messages()).map(({ authorKind, decision }) => [authorKind, decision])).toEqual(
      expect.arrayContaining([
        ['buyer', 'hold'],
        ['operator', 'ignore'],
      ]),
    );
  });
});

describe('what we do not understand', () => {
  test('is kept once, with the reason', async () => {
    const { takeIn, repositories, accountId } = setUp();
    const body = { payload: { type: 'chat_archived', value: { user_id: accountId } } };
    const eventKey = `e-${crypto.randomUUID()}`;
    await takeIn({ eventKey, receivedAt: 1, body }, jobContext);
    await takeIn({ eventKey, receivedAt: 2, body }, jobContext);
    expect(await repositories.events.listUnrecognized({ accountId })).toMatchObject([
      { eventKey, reason: 'unknown-payload-type', body },
    ]);
  });

  test('includes messages of an account that is not configured', async () => {
    const { deliver, repositories, accountId } = setUp();
    const stranger = accountId + 500_000_000_000;
    await deliver({ user_id: stranger });
    expect(await repositories.events.listUnrecognized({ accountId: stranger })).toMatchObject([
      { reason: 'unknown-account' },
    ]);
  });
});

describe('who is answered', () => {
  test('what was written before the first switch-on is only listed', async () => {
    const { deliver, messages, bell } = setUp({}, { switchedOnDaysAgo: 0 });
    await deliver({ created: Math.floor(Date.now() / 1_000) - 5 });
    expect(await messages()).toMatchObject([{ decision: 'hold', decisionReason: 'before-switch-on' }]);
    expect(bell.rung).toEqual([]);
  });

  test('a chat has a mode of its own', async () => {
    const { deliver, messages, repositories, accountId, chatId } = setUp({
      policy: { ...policy, replyMode: 'off' },
    });
    await deliver({});
    await repositories.chats.setReplyMode({ accountId, chatId, replyMode: 'auto' });
    await deliver({});
    expect((await messages()).map(({ decisionReason }) => decisionReason).toSorted()).toEqual([
      'buyer-message',
      'reply-mode-off',
    ]);
  });

  test('a flow of Avito with a prepared text becomes a turn', async () => {
    const { deliver, bell } = setUp({ policy: { ...policy, flowTexts: { two_way_chats: 'Спрашивайте!' } } });
    await deliver({
      author_id: 0,
      type: 'system',
      content: { flow_id: 'two_way_chats', text: 'Чат открыт' },
    });
    expect(bell.rung).toMatchObject([{ name: 'compose-reply' }]);
  });
});

describe('an operator', () => {
  test('gives the chat back by his phrase, from the next message on', async () => {
    const { deliver, chat, messages, accountId } = setUp();
    await deliver({ author_id: accountId, content: { text: 'Отвечу сам' } });
    await deliver({ author_id: accountId, content: { text: ' /БОТ ' } });
    expect(await chat()).toMatchObject({ mode: 'auto' });
    await deliver({});
    expect((await messages()).map(({ decisionReason }) => decisionReason).toSorted()).toEqual([
      'buyer-message',
      'operator-wrote',
      'resume-phrase',
    ]);
  });

  test('keeps it by the other phrase', async () => {
    const { deliver, chat, accountId } = setUp();
    await deliver({ author_id: accountId, content: { text: '/стоп' } });
    expect(await chat()).toMatchObject({ mode: 'human', modeReason: 'pause-phrase' });
  });

  test('who has long been silent loses the chat to the next message, and what waited is answered with it', async () => {
    const { deliver, chat, messages, bell, accountId } = setUp({
      policy: { ...policy, returnToAutoAfterMs: 1 },
    });
    await deliver({ author_id: accountId, content: { text: 'Отвечу сам' } });
    await expect.poll(() => Date.now()).toBeGreaterThan(((await chat())?.modeChangedAt.getTime() ?? 0) + 5);
    await deliver({});
    expect(await chat()).toMatchObject({ mode: 'auto' });
    expect((await messages()).filter(({ decision }) => decision === 'answer')).toHaveLength(1);
    expect(bell.rung).toMatchObject([{ name: 'compose-reply' }]);
  });
});

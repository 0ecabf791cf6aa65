import { describe, expect, test } from 'vitest';
import {
  answerTo,
  buyerMessage,
  newChat,
  operatorMessage,
  type TestChat,
  useTestDatabase,
} from '../testing/test-database.ts';
import { createTurnSteps } from '../testing/turn-steps.ts';

const { pool, repositories } = useTestDatabase();
const { chats, turns } = repositories;
const { claimed } = createTurnSteps({ pool, repositories });

const HOUR_MS = 3_600_000;
/** Lets an operator have been silent for so many minutes. */
const silentFor = ({ accountId, chatId }: TestChat, minutes: number) =>
  pool.query(
    `update chats set mode_changed_at = mode_changed_at - $3 * interval '1 min' where account_id = $1 and chat_id = $2`,
    [accountId, chatId, minutes],
  );
const decisionsOf = async (chat: TestChat) =>
  (await chats.listMessages(chat)).map(({ authorKind, decisionReason }) => [authorKind, decisionReason]);
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

/** An operator wrote 50 minutes ago, a buyer 40 minutes ago; nobody since. */
async function silentOperator() {
  const chat = newChat();
  await turns.takeInMessage(buyerMessage(chat, { createdAt: minutesAgo(55), text: 'до оператора' }));
  await turns.takeInMessage(operatorMessage(chat, { createdAt: minutesAgo(50) }));
  await silentFor(chat, 50);
  await turns.takeInMessage(buyerMessage(chat, { createdAt: minutesAgo(40), text: 'после оператора' }));
  return chat;
}

describe('back to automatic after the silence of an operator', () => {
  test('what came after his last word is answered, what came before stays on the list', async () => {
    const chat = await silentOperator();
    const input = { ...chat, afterMs: 45 * 60_000, maxAgeMs: HOUR_MS };
    const { returned, turn } = await chats.returnToAuto(input);
    expect(returned).toBe(true);
    const { messages } = await claimed(chat, turn ?? 0);
    expect(messages.map(({ text }) => text)).toEqual(['после оператора']);
    expect(await decisionsOf(chat)).toEqual([
      ['buyer', 'operator-wrote'],
      ['operator', 'operator'],
      ['buyer', 'returned-to-auto'],
    ]);
    expect(await chats.returnToAuto(input)).toEqual({ returned: false });
  });

  test('what was written before his last word stays on the list, however late it came', async () => {
    const chat = await silentOperator();
    await turns.takeInMessage(buyerMessage(chat, { createdAt: minutesAgo(52), text: 'опоздало' }));
    const { turn } = await chats.returnToAuto({ ...chat, afterMs: 45 * 60_000, maxAgeMs: HOUR_MS });
    const { messages } = await claimed(chat, turn ?? 0);
    expect(messages.map(({ text }) => text)).toEqual(['после оператора']);
  });

  test('what is too old by now stays on the list', async () => {
    const chat = await silentOperator();
    const returned = await chats.returnToAuto({ ...chat, afterMs: 45 * 60_000, maxAgeMs: 30 * 60_000 });
    expect(returned).toEqual({ returned: true });
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'auto', turnDueAt: null });
  });

  test('not before the time, and his next word starts it anew', async () => {
    const chat = await silentOperator();
    const input = { ...chat, afterMs: 60 * 60_000, maxAgeMs: HOUR_MS };
    expect(await chats.returnToAuto(input)).toEqual({ returned: false });
    await silentFor(chat, 20);
    await turns.takeInMessage(operatorMessage(chat));
    expect(await chats.returnToAuto(input)).toEqual({ returned: false });
  });

  test.each(['paused', 'pause-phrase', 'loop-breaker', 'repeat-breaker'])(
    'not where somebody stopped the chat on purpose: %s, even when an operator writes later',
    async (reason) => {
      const chat = newChat();
      await turns.takeInMessage(buyerMessage(chat));
      await chats.handOff({ ...chat, reason });
      await turns.takeInMessage(operatorMessage(chat));
      await silentFor(chat, 600);
      expect(await chats.findChat(chat)).toMatchObject({ mode: 'human', modeReason: reason });
      expect(await chats.returnToAuto({ ...chat, afterMs: 1, maxAgeMs: HOUR_MS })).toEqual({
        returned: false,
      });
      expect(await chats.silentChats({ accountId: chat.accountId, afterMs: 1 })).toEqual([]);
    },
  );

  test('the sweep finds the silent chats of an account', async () => {
    const chat = await silentOperator();
    expect(await chats.silentChats({ accountId: chat.accountId, afterMs: 45 * 60_000 })).toEqual([chat]);
    expect(await chats.silentChats({ accountId: chat.accountId, afterMs: HOUR_MS })).toEqual([]);
  });

  test('an unknown chat returns nowhere', async () => {
    expect(await chats.returnToAuto({ ...newChat(), afterMs: 1, maxAgeMs: 1 })).toEqual({ returned: false });
  });
});

describe('what an operator types', () => {
  test('the resume phrase gives the chat back, and stays in the history but not in the prompt', async () => {
    const chat = newChat();
    await turns.takeInMessage(operatorMessage(chat));
    await turns.takeInMessage(
      operatorMessage(chat, { text: '/бот', reason: 'resume-phrase', phrase: 'resume' }),
    );
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'auto', modeReason: null });
    expect(await chats.listMessages(chat)).toHaveLength(2);
    const { turn } = await turns.takeInMessage(buyerMessage(chat));
    const { history } = await claimed(chat, turn);
    expect(history.map(({ text }) => text)).toEqual(['Я отвечу сам']);
  });

  test('a redelivered phrase resumes nothing a second time', async () => {
    const chat = newChat();
    const phrase = operatorMessage(chat, { text: '/бот', reason: 'resume-phrase', phrase: 'resume' });
    await turns.takeInMessage(phrase);
    await turns.takeInMessage(operatorMessage(chat));
    await turns.takeInMessage(phrase);
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'human' });
  });

  test('the pause phrase stops the chat on purpose', async () => {
    const chat = newChat();
    await turns.takeInMessage(
      operatorMessage(chat, { text: '/стоп', reason: 'pause-phrase', phrase: 'pause' }),
    );
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'human', modeReason: 'pause-phrase' });
  });
});

describe('the first switch-on', () => {
  test('is the moment of the first question for it, and never moves', async () => {
    const { accountId } = newChat();
    const [first, second] = await Promise.all([chats.switchedOnAt(accountId), chats.switchedOnAt(accountId)]);
    expect(second).toEqual(first);
    expect(await chats.switchedOnAt(accountId)).toEqual(first);
  });
});

describe('the mode of a chat', () => {
  test('is set, and taken back to what the account says', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    expect(await chats.setReplyMode({ ...chat, replyMode: 'draft' })).toMatchObject({
      replyMode: 'draft',
      mode: 'auto',
    });
    expect(await chats.setReplyMode({ ...chat, replyMode: null })).toMatchObject({ replyMode: null });
    expect(await chats.setReplyMode({ ...newChat(), replyMode: 'off' })).toBeUndefined();
  });
});

describe("what a turn's policy is told", () => {
  test('counts replies that may have reached the buyer, and no drafts', async () => {
    const chat = newChat();
    for (const isDraft of [false, false, true]) {
      const { turn } = await turns.takeInMessage(buyerMessage(chat, { text: `вопрос, ${isDraft}` }));
      const { messageIds } = await claimed(chat, turn);
      const input = answerTo(chat, { turn, messageIds });
      await turns.storeReply({ ...input, reply: { ...input.reply, reason: 'outside-hours' }, isDraft });
    }
    const facts = await chats.readTurnFacts(chat);
    expect(facts).toMatchObject({
      replies: { lastHour: 2, lastDay: 2 },
      lastTexts: { outsideHours: expect.any(Date), closedListing: null },
    });
    expect(facts.tail).toHaveLength(3);
  });

  test('a text that only tells the buyer to wait leaves the question on the list', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    const { messageIds } = await claimed(chat, 1);
    await turns.storeReply({ ...answerTo(chat, { turn: 1, messageIds }), holdsBecause: 'outside-hours' });
    expect(await chats.listHeldMessages(chat)).toMatchObject([
      { decision: 'hold', decisionReason: 'outside-hours', replyId: expect.any(String) },
    ]);
  });
});

describe('a turn that is held', () => {
  test('ends without a reply, and its messages are the owner’s', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    const { messageIds } = await claimed(chat, 1);
    expect(await turns.holdTurn({ ...chat, turn: 1, messageIds, reason: 'reply-cap-hour' })).toBe(true);
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'auto', composingTurn: null, turnDueAt: null });
    expect(await chats.listHeldMessages(chat)).toMatchObject([{ decisionReason: 'reply-cap-hour' }]);
  });

  test('holds nothing when another turn has taken the messages', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    const { messageIds } = await claimed(chat, 1);
    await turns.reopenTurn({ ...chat, olderThanMs: -1_000 });
    expect(await turns.holdTurn({ ...chat, turn: 1, messageIds, reason: 'reply-cap-hour' })).toBe(false);
    expect(await chats.listHeldMessages(chat)).toEqual([]);
  });
});

describe('a turn that ends with a person', () => {
  test('gives the chat to him, and what waited stays with the owner', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    await claimed(chat, 1);
    expect(await turns.handOffTurn({ ...chat, turn: 1, reason: 'loop-breaker' })).toBe(true);
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'human', modeReason: 'loop-breaker' });
    expect(await chats.listHeldMessages(chat)).toMatchObject([{ decisionReason: 'loop-breaker' }]);
  });

  test('does not take back what the owner gave back while its composer slept', async () => {
    const chat = newChat();
    await turns.takeInMessage(buyerMessage(chat));
    await claimed(chat, 1);
    await chats.handOff({ ...chat, reason: 'paused' });
    await chats.resumeChat(chat);
    expect(await turns.handOffTurn({ ...chat, turn: 1, reason: 'loop-breaker' })).toBe(false);
    expect(await chats.findChat(chat)).toMatchObject({ mode: 'auto' });
  });
});

import { expect, test } from 'vitest';
import { buyerMessage, newChat, useTestDatabase } from '../testing/test-database.ts';
import { createTurnSteps } from '../testing/turn-steps.ts';

const { pool, repositories } = useTestDatabase();
const { gaps, turns, replies } = repositories;
const { claimed } = createTurnSteps({ pool, repositories });

const newAccount = () => newChat().accountId;

/** A reply that was no answer, as the worker stores it. */
async function unanswered(
  accountId: number,
  question: string,
  reason = 'not-in-base',
  how: Partial<{ mode: 'static' | 'model' | 'extractive'; action: 'handoff' | 'answer' }> = {},
) {
  const chat = { ...newChat(), accountId };
  await turns.takeInMessage(buyerMessage(chat, { text: question }));
  const { messageIds } = await claimed(chat, 1);
  const stored = await turns.storeReply({
    ...chat,
    turn: 1,
    messageIds,
    maxWaitMs: 30_000,
    parts: ['Передал вопрос сотруднику.'],
    reply: {
      mode: 'static',
      action: 'handoff',
      reason,
      question,
      text: 'Передал вопрос сотруднику.',
      sources: [],
      trace: {},
      ...how,
    },
  });
  if (stored.kind !== 'stored') throw new Error(stored.kind);
  return { ...chat, replyId: stored.replyId, messageIds };
}

type Vectors = { vectors: number[][]; minSimilarity: number };

/** What the collector does, with the words as they are. */
async function collect(accountId: number, vectors?: Vectors) {
  const unseen = await gaps.listUnseen({ accountId, days: 30, limit: 100 });
  await gaps.place({
    accountId,
    questions: unseen.map(({ question, ...rest }, index) => ({
      ...rest,
      folded: question.toLowerCase(),
      stems: question.toLowerCase(),
      vector: vectors?.vectors[index],
    })),
    minStemSimilarity: 0.6,
    vectors: vectors && { spaceKey: 'test', minSimilarity: vectors.minSimilarity },
  });
  return unseen.length;
}

const listed = async (accountId: number) => (await gaps.list({ accountId, days: 30 })).gaps;

test('questions that ask the same are one gap, in the wording asked most', async () => {
  const accountId = newAccount();
  for (const question of ['трейд ин есть', 'есть трейд ин', 'есть трейд ин', 'гараж сдаёте'])
    await unanswered(accountId, question);
  expect(await collect(accountId)).toBe(4);
  expect(await collect(accountId)).toBe(0);
  expect(await listed(accountId)).toMatchObject([
    {
      question: 'есть трейд ин',
      count: 3,
      chats: 3,
      examples: [{ question: 'трейд ин есть', count: 1 }],
    },
    { question: 'гараж сдаёте', count: 1, examples: [] },
  ]);
});

test('what was answered is no gap; a held message is one, unless a person has its chat', async () => {
  const accountId = newAccount();
  await unanswered(accountId, 'это жалоба', 'complaint');
  await unanswered(accountId, 'отвечено цитатой', 'gate-refused', { mode: 'extractive', action: 'answer' });
  await unanswered(accountId, 'отвечено наполовину', 'partly-in-base', { mode: 'model' });
  for (const [text, reason] of [
    ['старый вопрос', 'too-old'],
    ['упало', 'compose-reply-failed: internal.unexpected'],
    ['оператору', 'human-has-the-chat'],
  ] as const) {
    await turns.takeInMessage(buyerMessage({ ...newChat(), accountId }, { text, decision: 'hold', reason }));
  }
  const unseen = await gaps.listUnseen({ accountId, days: 30, limit: 10 });
  expect(unseen.map(({ question }) => question).toSorted()).toEqual([
    'отвечено наполовину',
    'старый вопрос',
    'упало',
  ]);
});

test('vectors gather what shares no word, from the given similarity on', async () => {
  const accountId = newAccount();
  for (const question of ['почём', 'цена какая', 'куда ехать']) await unanswered(accountId, question);
  const vectors = [
    [1, 0],
    [0.98, 0.199],
    [0, 1],
  ];
  await collect(accountId, { vectors, minSimilarity: 0.95 });
  expect((await listed(accountId)).map(({ count }) => count)).toEqual([2, 1]);
  const background = await gaps.vectorBackground({ accountId, spaceKey: 'test', sample: 10 });
  expect(background).toBeUndefined(); // two first questions make one pair, which has no deviation
  expect(await gaps.vectorBackground({ accountId, spaceKey: 'other', sample: 10 })).toBeUndefined();
});

test('a gap that was answered takes no more questions, one that was dismissed stays away', async () => {
  const accountId = newAccount();
  await unanswered(accountId, 'трейд ин есть');
  await unanswered(accountId, 'гараж сдаёте');
  await collect(accountId);
  const [first, second] = await listed(accountId);
  if (first === undefined || second === undefined) throw new Error('two gaps are expected');
  expect(await gaps.close({ accountId: newAccount(), gapId: first.gapId, status: 'answered' })).toBe(false);
  await gaps.close({ accountId, gapId: first.gapId, status: 'answered' });
  await gaps.close({ accountId, gapId: second.gapId, status: 'dismissed' });
  expect(await listed(accountId)).toEqual([]);
  await unanswered(accountId, first.question);
  await unanswered(accountId, second.question);
  await collect(accountId);
  expect(await listed(accountId)).toMatchObject([{ question: first.question, count: 1 }]);
  expect(await gaps.find({ accountId, gapId: second.gapId })).toMatchObject({
    status: 'dismissed',
    count: 2,
  });
});

test('gathered by several at the same time, each question counts once', async () => {
  const accountId = newAccount();
  for (const question of ['трейд ин есть', 'трейд ин есть', 'гараж сдаёте'])
    await unanswered(accountId, question);
  await Promise.all([collect(accountId), collect(accountId), collect(accountId)]);
  expect((await listed(accountId)).map(({ count }) => count)).toEqual([2, 1]);
});

test('with a reply everything that gaps hold of it goes', async () => {
  const accountId = newAccount();
  const { replyId } = await unanswered(accountId, 'мой секрет');
  await collect(accountId, { vectors: [[1, 0]], minSimilarity: 0.9 });
  await pool.query('update messages set reply_id = null where reply_id = $1', [replyId]);
  await pool.query('delete from sends where reply_id = $1', [replyId]);
  await pool.query('delete from replies where id = $1', [replyId]);
  expect(await listed(accountId)).toEqual([]);
  const { rows } = await pool.query('select from gap_questions where account_id = $1', [accountId]);
  expect(rows).toEqual([]);
});

test('a reply is found by its own id, by a message, and by its chat', async () => {
  const accountId = newAccount();
  const { replyId, chatId, messageIds } = await unanswered(accountId, 'трейд ин есть');
  for (const id of [replyId, chatId, messageIds[0] ?? '']) {
    expect(await replies.lookUp({ accountIds: [accountId], id })).toMatchObject({ reply: { replyId } });
    expect(await replies.lookUp({ accountIds: [newAccount()], id })).toBeUndefined();
  }
  const held = buyerMessage({ ...newChat(), accountId }, { decision: 'hold', reason: 'too-old' });
  await turns.takeInMessage(held);
  expect(await replies.lookUp({ accountIds: [accountId], id: held.messageId })).toMatchObject({
    message: { decisionReason: 'too-old' },
  });
});

test('replies are listed by reason, mode and chat, the newest first', async () => {
  const accountId = newAccount();
  const accountIds = [accountId];
  const first = await unanswered(accountId, 'раз');
  const second = await unanswered(accountId, 'два', 'gate-refused');
  const questions = async (filter: object) =>
    (await replies.list({ accountIds, ...filter })).replies.map(({ question }) => question);
  expect(await questions({})).toEqual(['два', 'раз']);
  expect(await questions({ limit: 1, offset: 1 })).toEqual(['раз']);
  expect(await questions({ reason: 'gate-refused' })).toEqual(['два']);
  expect(await questions({ mode: 'model' })).toEqual([]);
  expect(await questions({ chatId: first.chatId })).toEqual(['раз']);
  expect(await replies.list({ accountIds, limit: 1 })).toMatchObject({ total: 2 });
  expect(second.replyId).not.toBe(first.replyId);
});

test('a gap whose first question was erased goes on taking those that ask the same', async () => {
  const accountId = newAccount();
  const first = await unanswered(accountId, 'есть ли у вас трейд ин');
  await unanswered(accountId, 'у вас есть ли трейд ин');
  await collect(accountId);
  const [gap] = await listed(accountId);
  await gaps.close({ accountId, gapId: gap?.gapId ?? '', status: 'dismissed' });
  await repositories.erasures.eraseChat(first);
  await unanswered(accountId, 'есть ли у вас трейд ин');
  await collect(accountId);
  expect(await listed(accountId)).toEqual([]);
  expect(await gaps.find({ accountId, gapId: gap?.gapId ?? '' })).toMatchObject({ count: 2 });
});

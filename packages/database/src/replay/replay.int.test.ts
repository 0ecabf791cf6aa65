import { expect, test } from 'vitest';
import { answerTo, buyerMessage, newChat, useTestDatabase } from '../testing/test-database.ts';

const { repositories } = useTestDatabase();
const { replay, turns } = repositories;

test('a turn is asked again with the history that it was composed with: transcripts, and no phrases', async () => {
  const chat = newChat();
  const voice = buyerMessage(chat, { type: 'voice', text: null });
  await turns.takeInMessage(voice);
  await turns.storeTranscript({
    ...chat,
    messageId: voice.messageId,
    transcript: '[голосовое сообщение] Торг есть?',
  });
  await turns.claimTurn({ ...chat, turn: 1 });
  await turns.storeReply(answerTo(chat, { turn: 1, messageIds: [voice.messageId] }));
  await turns.takeInMessage(
    buyerMessage(chat, {
      direction: 'out',
      authorKind: 'operator',
      text: '+',
      reason: 'resume-phrase',
      phrase: 'resume',
    }),
  );
  const question = buyerMessage(chat);
  const { turn } = await turns.takeInMessage(question);
  const claim = await turns.claimTurn({ ...chat, turn });
  if (claim.kind !== 'claimed') throw new Error(claim.kind);
  await turns.storeReply(answerTo(chat, { turn, messageIds: [question.messageId] }));
  const again = await replay.listTurns({ accountId: chat.accountId, limit: 1 });
  const said = claim.history.map(({ authorKind, text }) => ({ authorKind, text }));
  expect(said).toEqual([{ authorKind: 'buyer', text: '[голосовое сообщение] Торг есть?' }]);
  expect(again).toMatchObject([{ history: said }]);
});

test('what a later turn took over is asked again with that turn only', async () => {
  const chat = newChat();
  const store = async (turn: number) => {
    const claim = await turns.claimTurn({ ...chat, turn });
    if (claim.kind !== 'claimed') throw new Error(claim.kind);
    const messageIds = claim.messages.map(({ messageId }) => messageId);
    await turns.storeReply({ ...answerTo(chat, { turn, messageIds }) });
  };
  const listed = async () =>
    (await replay.listTurns({ accountId: chat.accountId, limit: 10 })).map((turn) => turn.replyId);
  await turns.takeInMessage(buyerMessage(chat));
  await store(1);
  const [first = ''] = await listed();
  await turns.takeInMessage(buyerMessage(chat, { text: 'А цена?' }));
  const [send] = (await repositories.sends.findReply({ replyId: first }))?.sends ?? [];
  const begun = await repositories.sends.beginSend({
    sendId: send?.sendId ?? '',
    maxWaitMs: 3_600_000_000_000,
  });
  expect(begun.kind).toBe('superseded');
  await store(2);
  const again = await listed();
  expect(again).toHaveLength(1);
  expect(again).not.toContain(first);
});

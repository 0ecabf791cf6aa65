import type { NewMessage, Repositories } from '@avito-autoreply/database';

type Turns = Pick<Repositories, 'turns'>;
type ChatKey = { accountId: number; chatId: string };

/** A buyer's message, held unless told otherwise. */
export function storeMessage(
  { turns }: Turns,
  { chatId, ...change }: ChatKey & { messageId: string } & Partial<NewMessage>,
) {
  return turns.takeInMessage({
    chatId,
    direction: 'in',
    authorId: 7,
    authorKind: 'buyer',
    type: 'text',
    text: 'Ещё продаёте?',
    content: { text: 'Ещё продаёте?' },
    itemId: 9_000_000_001,
    chatType: 'u2i',
    createdAt: new Date(1_795_333_261_000),
    decision: 'hold',
    reason: 'too-old',
    quietMs: 0,
    maxWaitMs: 0,
    ...change,
  });
}

type StoredReply = Parameters<Repositories['turns']['storeReply']>[0];

async function storeReply(
  repositories: Turns,
  {
    accountId,
    chatId,
    question,
    ...reply
  }: ChatKey & { question: string } & Pick<StoredReply, 'reply' | 'isDraft'>,
): Promise<string> {
  const key = { accountId, chatId };
  const messageId = `m-${chatId}`;
  const { turn } = await storeMessage(repositories, {
    ...key,
    messageId,
    text: question,
    decision: 'answer',
  });
  await repositories.turns.claimTurn({ ...key, turn });
  const stored = await repositories.turns.storeReply({
    ...key,
    ...reply,
    turn,
    messageIds: [messageId],
    parts: [reply.reply.text],
    maxWaitMs: 0,
  });
  if (stored.kind !== 'stored') throw new Error(`expected a reply, got ${stored.kind}`);
  return stored.replyId;
}

/** An answer that waits for the owner. */
export function storeDraft(repositories: Turns, key: ChatKey): Promise<string> {
  const question = 'Ещё продаёте?';
  const text = 'Да, продаём.';
  const reply = { mode: 'model', action: 'answer', question, text, sources: [], trace: {} } as const;
  return storeReply(repositories, { ...key, question, reply, isDraft: true });
}

/** A question that got a prepared text. */
export function storeUnanswered(repositories: Turns, key: ChatKey & { question: string }): Promise<string> {
  const reply = {
    mode: 'static',
    action: 'handoff',
    reason: 'not-in-base',
    question: key.question,
    text: 'Передал вопрос сотруднику.',
    sources: [],
    trace: {},
  } as const;
  return storeReply(repositories, { ...key, reply });
}

/** An approved answer, and a gap for each reply. */
export async function storeAnswering(
  { approvedAnswers, gaps }: Pick<Repositories, 'approvedAnswers' | 'gaps'>,
  { accountId, replyIds }: { accountId: number; replyIds: readonly string[] },
) {
  const { pairs } = await approvedAnswers.save({
    accountId,
    pairs: [{ question: 'Чек есть?', folded: 'чек есть', answer: 'Да.' }],
  });
  await gaps.place({
    accountId,
    questions: replyIds.map((replyId) => ({
      replyId,
      messageId: null,
      askedAt: new Date(),
      folded: replyId,
      stems: replyId,
    })),
    minStemSimilarity: 0.9,
  });
  const listed = await gaps.list({ accountId, days: 1 });
  return { pairId: pairs[0]?.id, gapIds: listed.gaps.map(({ gapId }) => gapId) };
}

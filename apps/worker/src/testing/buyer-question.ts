import type { NewMessage, Repositories } from '@avito-autoreply/database';

type ChatKey = { accountId: number; chatId: string };

/** A buyer's message that is to be answered at once, unless told otherwise. */
export function buyerQuestion({ accountId, chatId }: ChatKey, change: Partial<NewMessage> = {}): NewMessage {
  return {
    accountId,
    chatId,
    messageId: crypto.randomUUID(),
    direction: 'in',
    authorId: 7,
    authorKind: 'buyer',
    type: 'text',
    text: 'Ещё продаёте?',
    content: {},
    itemId: null,
    chatType: 'u2i',
    createdAt: new Date(),
    decision: 'answer',
    reason: 'buyer-message',
    quietMs: 0,
    maxWaitMs: 0,
    ...change,
  };
}

/** A chat's first question with its answer, which is ready to leave. */
export async function storeAnswer(
  { turns }: Pick<Repositories, 'turns'>,
  { parts, ...key }: ChatKey & { parts: string[] },
): Promise<{ replyId: string }> {
  const message = buyerQuestion(key);
  await turns.takeInMessage(message);
  await turns.claimTurn({ ...key, turn: 1 });
  const stored = await turns.storeReply({
    ...key,
    turn: 1,
    messageIds: [message.messageId],
    reply: {
      mode: 'extractive',
      action: 'answer',
      question: '?',
      text: parts.join(' '),
      sources: [],
      trace: {},
    },
    parts,
    maxWaitMs: 0,
  });
  if (stored.kind !== 'stored') throw new Error(`the reply is ${stored.kind}`);
  return { replyId: stored.replyId };
}

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

/** An answer that waits for the owner. */
export async function storeDraft(repositories: Turns, key: ChatKey): Promise<string> {
  const messageId = `m-${key.chatId}`;
  const { turn } = await storeMessage(repositories, { ...key, messageId, decision: 'answer' });
  await repositories.turns.claimTurn({ ...key, turn });
  const stored = await repositories.turns.storeReply({
    ...key,
    turn,
    messageIds: [messageId],
    reply: {
      mode: 'model',
      action: 'answer',
      question: 'Ещё продаёте?',
      text: 'Да, продаём.',
      sources: [],
      trace: {},
    },
    parts: ['Да, продаём.'],
    isDraft: true,
    maxWaitMs: 0,
  });
  if (stored.kind !== 'stored') throw new Error(`expected a draft, got ${stored.kind}`);
  return stored.replyId;
}

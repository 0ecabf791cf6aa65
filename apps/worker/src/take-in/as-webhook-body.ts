import type { Chat, Message } from '@avito-autoreply/avito';

// Avito's chat-bot, by the author that its system messages carry.
const AVITO_AUTHOR = 0;

/**
 * A message of a chat's history as the webhook would have brought it, so that both ways end in one use case. The history
 * knows more: a message of an employee says `out` and carries the employee's id, a webhook carries the account's own.
 */
export function asWebhookBody({
  accountId,
  chat,
  message,
}: {
  accountId: number;
  chat: Pick<Chat, 'id' | 'type' | 'item' | 'buyer'>;
  message: Message;
}): unknown {
  return {
    payload: {
      type: 'message',
      value: {
        id: message.id,
        chat_id: chat.id,
        user_id: accountId,
        author_id: authorOf({ accountId, chat, message }),
        created: Math.floor(message.createdAt.getTime() / 1_000),
        type: message.type,
        chat_type: chat.type,
        content: message.content,
        item_id: chat.item?.id ?? null,
      },
    },
  };
}

function authorOf({
  accountId,
  chat,
  message: { authorId, direction, type },
}: {
  accountId: number;
  chat: Pick<Chat, 'buyer'>;
  message: Message;
}): number | null {
  if (type === 'system' || authorId === 0 || authorId === 1) return authorId ?? AVITO_AUTHOR;
  if (direction === 'out') return accountId;
  return authorId ?? chat.buyer?.id ?? null;
}

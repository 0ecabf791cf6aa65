import { randomUUID } from 'node:crypto';

type Stored = {
  messageId: string;
  author: 'ours' | 'operator';
  text: string | null;
  createdAt: Date;
  isDeleted: boolean;
};

/** What stands in one chat at Avito: every POST that got through, whoever made it. */
export function createChatLedger() {
  const messages: Stored[] = [];

  const add = (author: Stored['author'], text: string): string => {
    const messageId = randomUUID();
    // Avito counts in whole seconds.
    const createdAt = new Date(Math.floor(Date.now() / 1_000) * 1_000);
    messages.push({ messageId, author, text, createdAt, isDeleted: false });
    return messageId;
  };
  const find = (messageId: string) => messages.find((message) => message.messageId === messageId);

  return {
    store: (text: string) => add('ours', text),
    storeForeign: () => add('operator', 'Я отвечу сам'),
    find,
    ownIds: () => messages.filter(({ author }) => author === 'ours').map(({ messageId }) => messageId),
    /** In the history the entry stays, without its text. */
    remove: (messageId: string) => {
      const message = find(messageId);
      if (message) Object.assign(message, { isDeleted: true, text: null });
    },
    /** The newest first. */
    history: () =>
      messages.map(({ messageId, text, createdAt }) => ({ messageId, text, createdAt })).toReversed(),
    /** Our texts as the buyer sees them now. */
    visible: () =>
      messages
        .filter(({ author, isDeleted }) => author === 'ours' && !isDeleted)
        .map(({ text }) => text ?? ''),
    copies: () => messages.filter(({ isDeleted }) => isDeleted).length,
  };
}

export type ChatLedger = ReturnType<typeof createChatLedger>;

import { randomInt, randomUUID } from 'node:crypto';
import { silentLogger } from '@avito-autoreply/runtime';
import { afterAll, beforeAll, inject } from 'vitest';
import {
  createPool,
  createRepositories,
  migrate,
  type NewMessage,
  type Pool,
  type Repositories,
} from '../index.ts';

/** The migrated test database for one file. Tests keep apart by random account ids, so nothing is ever emptied. */
export function useTestDatabase({ connections = 8 } = {}): { pool: Pool; repositories: Repositories } {
  const url = inject('databaseUrl');
  const pool = createPool({ url, max: connections, logger: silentLogger });
  beforeAll(async () => {
    await migrate({ url, logger: silentLogger });
  });
  afterAll(() => pool.end());
  return { pool, repositories: createRepositories(pool) };
}

export type TestChat = { accountId: number; chatId: string };

export function newChat(): TestChat {
  // Above 2^32: account and item ids do not fit into 32 bits.
  return { accountId: randomInt(2 ** 33, 2 ** 40), chatId: `u2i-${randomUUID()}~x` };
}

export function buyerMessage(chat: TestChat, changes: Partial<NewMessage> = {}): NewMessage {
  return {
    ...chat,
    messageId: randomUUID(),
    direction: 'in',
    authorId: 287_654_321,
    authorKind: 'buyer',
    type: 'text',
    text: 'Ещё продаёте?',
    content: { text: 'Ещё продаёте?' },
    itemId: 7_632_548_911,
    chatType: 'u2i',
    createdAt: new Date('2026-11-22T12:00:00Z'),
    decision: 'answer',
    reason: 'buyer-message',
    quietMs: 0,
    maxWaitMs: 30_000,
    ...changes,
  };
}

export function operatorMessage(chat: TestChat, changes: Partial<NewMessage> = {}): NewMessage {
  return buyerMessage(chat, {
    direction: 'out',
    authorId: chat.accountId,
    authorKind: 'operator',
    text: 'Я отвечу сам',
    decision: 'ignore',
    reason: 'operator',
    ...changes,
  });
}

/** What a worker does with a claimed turn, in one call. */
export function answerTo(
  chat: TestChat,
  { turn, messageIds, text = 'Да, продаём.' }: { turn: number; messageIds: string[]; text?: string },
) {
  return {
    ...chat,
    turn,
    messageIds,
    maxWaitMs: 30_000,
    parts: [text],
    reply: {
      mode: 'extractive',
      action: 'answer',
      question: 'Ещё продаёте?',
      text,
      sources: [{ title: 'Магазин' }],
      trace: { step: 1 },
    },
  } as const;
}

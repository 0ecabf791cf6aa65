import type { AccountFigures, Message, Reply, Repositories } from '@avito-autoreply/database';
import type { Ledger } from '../demo/simulator-client.ts';

type Delivery = Ledger['deliveries'][number];
type BuyerMessage = Ledger['buyerMessages'][number];

const AT = new Date('2026-01-01T10:00:00Z');

export const buyerMessage = (
  messageId: string,
  state: BuyerMessage['state'],
  chatId = 'chat',
): BuyerMessage => ({ at: AT.getTime(), chatId, messageId, type: 'text', text: '?', state });

export const delivery = (fields: Partial<Delivery>): Delivery => ({
  kind: 'buyer',
  outcome: 'answered',
  status: 200,
  latencyMs: 1,
  ...fields,
});

export const storedMessage = (fields: Partial<Message>): Message => ({
  accountId: 1,
  chatId: 'chat',
  messageId: 'm',
  direction: 'in',
  authorId: 2,
  authorKind: 'buyer',
  type: 'text',
  text: '?',
  content: {},
  itemId: null,
  createdAt: AT,
  receivedAt: AT,
  decision: 'answer',
  decisionReason: 'a buyer asks',
  replyId: null,
  ...fields,
});

const storedReply = (replyId: string, action: Reply['action']): Reply => ({
  accountId: 1,
  chatId: 'chat',
  replyId,
  turn: 1,
  mode: 'extractive',
  action,
  reason: null,
  question: '?',
  text: '!',
  sources: [],
  trace: {},
  status: 'sent',
  endReason: null,
  createdAt: AT,
  finishedAt: AT,
});

type Rows = {
  messages: readonly Message[];
  replies: Readonly<Record<string, Reply['action']>>;
  figures?: AccountFigures['messages'];
};

const nothing = { count: 0, p50: null, p95: null, max: null };

/** What the summary asks the database for, out of a few rows. */
export function fakeRepositories({ messages, replies, figures = [] }: Rows) {
  return {
    chats: {
      listMessages: async ({ chatId }) => messages.filter((message) => message.chatId === chatId),
    } satisfies Pick<Repositories['chats'], 'listMessages'>,
    sends: {
      findReply: async ({ replyId }) => {
        const action = replies[replyId];
        return action === undefined ? undefined : { reply: storedReply(replyId, action), sends: [] };
      },
    } satisfies Pick<Repositories['sends'], 'findReply'>,
    figures: {
      summarize: async () => ({
        messages: figures,
        unanswered: 0,
        handoffs: 0,
        replies: { draft: 0, stored: 0, sent: 0, failed: 0, cancelled: 0 },
        sends: { queued: 0, sending: 0, sent: 0, unknown: 0, failed: 0, cancelled: 0 },
        latencies: {
          receivedToStored: { count: 2, p50: 10.4, p95: 20.6, max: 20.6 },
          storedToSent: nothing,
          receivedToSent: nothing,
        },
      }),
    } satisfies Pick<Repositories['figures'], 'summarize'>,
  };
}

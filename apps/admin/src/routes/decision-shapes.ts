import { type Message, reasonText, type Reply } from '@avito-autoreply/database';
import { z } from 'zod';
import { accountId, time, timeOf } from './fields.ts';

const reason = {
  reason: z.string().meta({ description: 'Why it was not answered: a stable code' }),
  reason_text: z.string().meta({ description: 'The same for the owner to read, in Russian' }),
};

export const heldMessage = z
  .strictObject({
    account_id: accountId,
    chat_id: z.string(),
    message_id: z.string(),
    type: z.string(),
    text: z.string().nullable(),
    item_id: z.int().nullable(),
    decision: z.enum(['answer', 'hold', 'handoff', 'ignore']),
    ...reason,
    created_at: time.meta({ description: 'By Avito’s clock' }),
    received_at: time.meta({ description: 'By ours' }),
  })
  .meta({ id: 'HeldMessage' });

export const heldMessageAnswer = (message: Message): z.infer<typeof heldMessage> => ({
  account_id: message.accountId,
  chat_id: message.chatId,
  message_id: message.messageId,
  type: message.type,
  text: message.text,
  item_id: message.itemId,
  decision: message.decision,
  reason: message.decisionReason,
  reason_text: reasonText(message.decisionReason),
  created_at: timeOf(message.createdAt),
  received_at: timeOf(message.receivedAt),
});

export const draft = z
  .strictObject({
    account_id: accountId,
    chat_id: z.string(),
    reply_id: z.string(),
    status: z.enum(['draft', 'stored', 'sent', 'failed', 'cancelled']).meta({
      description: '`stored`: let go, on its way. `cancelled`: discarded',
    }),
    question: z.string(),
    text: z.string(),
    action: z.enum(['answer', 'handoff']).meta({
      description: '`handoff`: when the text is let go, a person takes the chat over',
    }),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why the text is as it is, where it is no plain answer' }),
    sources: z.unknown().meta({ description: 'What the text rests on' }),
    created_at: time,
  })
  .meta({ id: 'Draft' });

export const draftAnswer = (reply: Reply): z.infer<typeof draft> => ({
  account_id: reply.accountId,
  chat_id: reply.chatId,
  reply_id: reply.replyId,
  status: reply.status,
  question: reply.question,
  text: reply.text,
  action: reply.action,
  reason: reply.reason,
  sources: reply.sources,
  created_at: timeOf(reply.createdAt),
});

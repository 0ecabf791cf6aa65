import type {
  AuthorKind,
  Chat,
  ChatMode,
  ChatReplyMode,
  Decision,
  Direction,
  Message,
  Reply,
  ReplyAction,
  ReplyMode,
  ReplyStatus,
  Send,
  SendStatus,
} from './model.ts';
import { safeInteger, safeIntegerOrNull } from './values.ts';

// Rows as the driver hands them out: `bigint` is text there, timestamps are Dates, `jsonb` is parsed.

export type ChatRow = {
  account_id: string;
  chat_id: string;
  chat_type: string | null;
  item_id: string | null;
  item: unknown;
  item_checked_at: Date | null;
  buyer_id: string | null;
  buyer_name: string | null;
  mode: ChatMode;
  mode_reason: string | null;
  mode_changed_at: Date;
  reply_mode: ChatReplyMode | null;
  turn: string;
  composing_turn: string | null;
  turn_due_at: Date | null;
  last_inbound_at: Date | null;
  last_outbound_at: Date | null;
  updated_at: Date;
};

export function toChat(row: ChatRow): Chat {
  return {
    accountId: safeInteger(row.account_id),
    chatId: row.chat_id,
    chatType: row.chat_type,
    itemId: safeIntegerOrNull(row.item_id),
    item: row.item,
    itemCheckedAt: row.item_checked_at,
    buyerId: safeIntegerOrNull(row.buyer_id),
    buyerName: row.buyer_name,
    mode: row.mode,
    modeReason: row.mode_reason,
    modeChangedAt: row.mode_changed_at,
    replyMode: row.reply_mode,
    turn: safeInteger(row.turn),
    composingTurn: safeIntegerOrNull(row.composing_turn),
    turnDueAt: row.turn_due_at,
    lastInboundAt: row.last_inbound_at,
    lastOutboundAt: row.last_outbound_at,
    updatedAt: row.updated_at,
  };
}

export type MessageRow = {
  account_id: string;
  message_id: string;
  chat_id: string;
  direction: Direction;
  author_id: string | null;
  author_kind: AuthorKind;
  type: string;
  text: string | null;
  transcript: string | null;
  content: unknown;
  item_id: string | null;
  created_at: Date;
  received_at: Date;
  decision: Decision;
  decision_reason: string;
  reply_id: string | null;
};

export function toMessage(row: MessageRow): Message {
  return {
    accountId: safeInteger(row.account_id),
    chatId: row.chat_id,
    messageId: row.message_id,
    direction: row.direction,
    authorId: safeIntegerOrNull(row.author_id),
    authorKind: row.author_kind,
    type: row.type,
    text: row.text ?? row.transcript,
    content: row.content,
    itemId: safeIntegerOrNull(row.item_id),
    createdAt: row.created_at,
    receivedAt: row.received_at,
    decision: row.decision,
    decisionReason: row.decision_reason,
    replyId: row.reply_id,
  };
}

export type ReplyRow = {
  id: string;
  account_id: string;
  chat_id: string;
  turn: string;
  mode: ReplyMode;
  action: ReplyAction;
  reason: string | null;
  question: string;
  text: string;
  sources: unknown;
  trace: unknown;
  status: ReplyStatus;
  end_reason: string | null;
  created_at: Date;
  finished_at: Date | null;
};

export function toReply(row: ReplyRow): Reply {
  return {
    replyId: row.id,
    accountId: safeInteger(row.account_id),
    chatId: row.chat_id,
    turn: safeInteger(row.turn),
    mode: row.mode,
    action: row.action,
    reason: row.reason,
    question: row.question,
    text: row.text,
    sources: row.sources,
    trace: row.trace,
    status: row.status,
    endReason: row.end_reason,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

export type SendRow = {
  id: string;
  reply_id: string;
  part: number;
  account_id: string;
  chat_id: string;
  text: string;
  status: SendStatus;
  attempts: number;
  intent_at: Date | null;
  avito_message_id: string | null;
  sent_at: Date | null;
  looks: number;
  look_at: Date | null;
  error_code: string | null;
  error_message: string | null;
};

export function toSend(row: SendRow): Send {
  return {
    sendId: row.id,
    replyId: row.reply_id,
    part: row.part,
    accountId: safeInteger(row.account_id),
    chatId: row.chat_id,
    text: row.text,
    status: row.status,
    attempts: row.attempts,
    intentAt: row.intent_at,
    avitoMessageId: row.avito_message_id,
    sentAt: row.sent_at,
    looks: row.looks,
    lookAt: row.look_at,
    errorCode: row.error_code,
    errorMessage: row.error_message,
  };
}

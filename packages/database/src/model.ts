/** Everything is keyed by the account: its id is the Avito user id of the seller. */
export type ChatKey = { accountId: number; chatId: string };

export type ChatMode = 'auto' | 'human';
/** What the program does while it has a chat: it answers, writes drafts for the owner, or keeps still. */
export type ChatReplyMode = 'auto' | 'draft' | 'off';
export type Direction = 'in' | 'out';
export type AuthorKind = 'buyer' | 'us' | 'operator' | 'avito';
/**
 * answer: part of the chat's next turn. hold: nobody answers automatically, the owner sees it. handoff: a person is
 * called. ignore: nothing to answer.
 */
export type Decision = 'answer' | 'hold' | 'handoff' | 'ignore';
export type ReplyMode = 'model' | 'extractive' | 'static';
export type ReplyAction = 'answer' | 'handoff';
/** draft: waits for the owner; it has no sends until he lets it go. */
export type ReplyStatus = 'draft' | 'stored' | 'sent' | 'failed' | 'cancelled';
export type SendStatus = 'queued' | 'sending' | 'sent' | 'unknown' | 'failed' | 'cancelled';

export type Chat = ChatKey & {
  chatType: string | null;
  itemId: number | null;
  /** What Avito tells about the listing, as it came. */
  item: unknown;
  /** When Avito last told about the listing. */
  itemCheckedAt: Date | null;
  buyerId: number | null;
  buyerName: string | null;
  mode: ChatMode;
  modeReason: string | null;
  /** When the mode was last set; an operator who writes again sets it again. */
  modeChangedAt: Date;
  /** Null: as the account's settings say. */
  replyMode: ChatReplyMode | null;
  turn: number;
  composingTurn: number | null;
  turnDueAt: Date | null;
  lastInboundAt: Date | null;
  lastOutboundAt: Date | null;
  updatedAt: Date;
};

export type Message = ChatKey & {
  messageId: string;
  direction: Direction;
  authorId: number | null;
  authorKind: AuthorKind;
  type: string;
  /** What was written; for a voice message or an image that was read, what it says. */
  text: string | null;
  content: unknown;
  itemId: number | null;
  /** Avito's clock, whole seconds. */
  createdAt: Date;
  /** The database's clock. */
  receivedAt: Date;
  decision: Decision;
  decisionReason: string;
  /** Inbound: the reply that answers it. Outbound: the reply that it is a part of. */
  replyId: string | null;
};

export type Reply = ChatKey & {
  replyId: string;
  turn: number;
  mode: ReplyMode;
  action: ReplyAction;
  reason: string | null;
  question: string;
  text: string;
  sources: unknown;
  trace: unknown;
  status: ReplyStatus;
  /** Why it was called back: `superseded` by a newer message, or the reason why a person has the chat. */
  endReason: string | null;
  createdAt: Date;
  finishedAt: Date | null;
};

export type Send = ChatKey & {
  sendId: string;
  replyId: string;
  /** From 1, in the order in which the parts must leave. */
  part: number;
  text: string;
  status: SendStatus;
  /** How many times the intent to send was committed. */
  attempts: number;
  intentAt: Date | null;
  avitoMessageId: string | null;
  sentAt: Date | null;
  /** Reads of the chat's history since the last POST that did not find the text. */
  looks: number;
  /** When the history is to be read next. */
  lookAt: Date | null;
  errorCode: string | null;
  errorMessage: string | null;
};

/** What a buyer wrote. Times in milliseconds since the epoch, as everywhere here. */
export type Asked = {
  at: number;
  chatId: string;
  messageId: string;
  text: string;
};

/** What stands in a chat on the seller's side. */
export type Said = {
  at: number;
  chatId: string;
  messageId: string;
  text: string;
  by: 'api' | 'operator';
  /** A copy that was taken back. */
  isDeleted: boolean;
  /** Of an operator: when the webhook had accepted the event of it; undefined when it never did. */
  acceptedAt?: number | undefined;
};

/** What our own rows say about a buyer's message. */
export type Kept = {
  decision: string;
  reason: string;
  isReplySent: boolean;
  /** An answer of ours told the buyer that a person will come: what he writes from then on is held for that person. */
  isHandedOff: boolean;
  /** Nothing could be sent into the chat: after the last repetition it was given to a person, with the reason and an alert. */
  isGivenUp: boolean;
};

export type Records = {
  asked: readonly Asked[];
  said: readonly Said[];
  /** By message id; absent: the ledger alone is judged. */
  kept?: ReadonlyMap<string, Kept> | undefined;
  /** By the id of a message of ours, the turn whose answer it is a part of; as our rows say. */
  turns?: ReadonlyMap<string, number> | undefined;
};

export const problemKinds = ['twice', 'unanswered', 'over-operator', 'out-of-order'] as const;
type ProblemKind = (typeof problemKinds)[number];

export type Problem = { kind: ProblemKind; chatId: string; messageId: string; detail: string };

/** Why an event was delivered. */
export type DeliveryKind = 'buyer' | 'echo' | 'system' | 'raw';

/** One HTTP request to a webhook. */
export type DeliveryRecord = {
  /** Milliseconds since the epoch, as all times of the ledger. */
  at: number;
  kind: DeliveryKind;
  accountId: number;
  eventId?: string | undefined;
  chatId?: string | undefined;
  messageId?: string | undefined;
  url: string;
  /** 1 for the first; a duplicate or a redelivery begins at 1 again. */
  attempt: number;
  /** `answered` with any status; only 200 counts as accepted. */
  outcome: 'answered' | 'timeout' | 'failed' | 'lost';
  status?: number | undefined;
  latencyMs: number;
  responseBody?: string | undefined;
  /** Code of the network error. */
  error?: string | undefined;
};

/** One message of the account to a buyer. */
export type SendRecord = {
  at: number;
  accountId: number;
  chatId: string;
  messageId: string;
  /** Of an image, its content as JSON. */
  text: string;
  by: 'api' | 'operator';
};

export type BuyerMessageRecord = {
  at: number;
  accountId: number;
  chatId: string;
  messageId: string;
  type: string;
  text?: string | undefined;
};

export type RequestRecord = {
  at: number;
  endpoint: string;
  /** Of paths that name an account or a chat. */
  accountId?: number | undefined;
  chatId?: string | undefined;
  method: string;
  path: string;
  /** Absent: the connection was cut. */
  status: number | undefined;
  latencyMs: number;
  faultId?: string | undefined;
};

export type LedgerEntry =
  | { kind: 'buyer-message'; record: BuyerMessageRecord }
  | { kind: 'send'; record: SendRecord }
  | { kind: 'delivery'; record: DeliveryRecord }
  | { kind: 'request'; record: RequestRecord };

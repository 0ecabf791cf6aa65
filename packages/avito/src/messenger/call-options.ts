/** What every call takes beside its own fields. */
export type CallOptions = {
  signal?: AbortSignal | undefined;
  /** Instead of the client's, for this call alone. */
  timeoutMs?: number | undefined;
};

export type AccountCall = CallOptions & { userId: number };
export type ChatCall = AccountCall & { chatId: string };

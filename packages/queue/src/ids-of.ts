/** Of whom a job is, where its payload tells. It may be anything: another release or a person may have queued it. */
export function idsOf(payload: unknown): { accountId?: number; chatId?: string } {
  if (typeof payload !== 'object' || payload === null) return {};
  return {
    ...('accountId' in payload && typeof payload.accountId === 'number'
      ? { accountId: payload.accountId }
      : {}),
    ...('chatId' in payload && typeof payload.chatId === 'string' ? { chatId: payload.chatId } : {}),
  };
}

import { AvitoError } from '@avito-autoreply/avito';

// So many chats in a row that cannot be read are no chance any more: Avito is away.
const GIVE_UP_AFTER = 5;

type ReadInTurn<Entry> = {
  entries: readonly Entry[];
  /** Returns how many messages were new. */
  read: (entry: Entry) => Promise<number>;
  failed: (entry: Entry, error: AvitoError) => Promise<void>;
  signal: AbortSignal;
};

/**
 * Reads one after the other: none must wait for one that Avito does not show, for an operator may have written there.
 * Returns how many messages were new, and what it gave up with before the end.
 */
export async function readInTurn<Entry>({
  entries,
  read,
  failed,
  signal,
}: ReadInTurn<Entry>): Promise<{ messages: number; gaveUp?: AvitoError }> {
  let messages = 0;
  let failedInARow = 0;
  for (const entry of entries) {
    try {
      messages += await read(entry);
      failedInARow = 0;
    } catch (error) {
      if (!(error instanceof AvitoError) || signal.aborted) throw error;
      await failed(entry, error);
      failedInARow += 1;
      if (failedInARow === GIVE_UP_AFTER) return { messages, gaveUp: error };
    }
  }
  return { messages };
}

import { z } from 'zod';
import { AvitoError } from '../errors.ts';
import { optionalTime, textId } from '../wire/fields.ts';

/**
 * What became of a message. `unknown` means that it may stand in the chat already: look there before sending it again.
 * After `not-sent` it certainly does not; whether another try makes sense says `error.isRetryable`.
 */
export type SendOutcome =
  | { outcome: 'sent'; messageId: string; createdAt: Date | null }
  | { outcome: 'not-sent'; error: AvitoError }
  | { outcome: 'unknown'; error: AvitoError };

export const sentMessage = z.object({ id: textId, created: optionalTime });

/** Runs one send and tells what became of it. Lets pass only errors that are no AvitoErrors, which are bugs. */
export async function outcomeOf(send: () => Promise<z.infer<typeof sentMessage>>): Promise<SendOutcome> {
  try {
    const { id, created } = await send();
    return { outcome: 'sent', messageId: id, createdAt: created };
  } catch (error) {
    if (!(error instanceof AvitoError)) throw error;
    return { outcome: error.mayHaveTakenEffect ? 'unknown' : 'not-sent', error };
  }
}

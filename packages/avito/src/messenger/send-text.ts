import { z } from 'zod';
import type { Api } from '../api.ts';
import { AvitoError, AvitoRequestError } from '../errors.ts';
import { optionalTime, textId } from '../wire/fields.ts';
import { chatPath } from './paths.ts';

/** Avito's bound for one message, in Unicode code points: most emoji are one, and none is counted by its UTF-16 units. */
export const MAX_TEXT_CHARACTERS = 1000;

/**
 * What became of a message. `unknown` means that it may stand in the chat already: look there before sending it again.
 * After `not-sent` it certainly does not; whether another try makes sense says `error.isRetryable`.
 */
export type SendOutcome =
  | { outcome: 'sent'; messageId: string; createdAt: Date | null }
  | { outcome: 'not-sent'; error: AvitoError }
  | { outcome: 'unknown'; error: AvitoError };

export type SendText = {
  userId: number;
  chatId: string;
  /** 1 to 1000 characters of plain text. */
  text: string;
  signal?: AbortSignal | undefined;
};

const newMessage = z.strictObject({
  type: z.literal('text'),
  message: z.strictObject({ text: z.string().min(1) }),
});
const sentMessage = z.object({ id: textId, created: optionalTime });

function checkText(text: string): void {
  if (text.trim() === '')
    throw new AvitoRequestError('sendText: the text is empty', { code: 'avito.empty-text' });
  const characters = Array.from(text).length;
  if (characters > MAX_TEXT_CHARACTERS) {
    throw new AvitoRequestError(
      `sendText: ${characters} characters; Avito takes at most ${MAX_TEXT_CHARACTERS}, so send it in parts`,
      { code: 'avito.text-too-long' },
    );
  }
}

export function sendCalls(api: Api) {
  return {
    /** Sends one text by one POST. Never throws an AvitoError: the outcome holds it. */
    sendText: async ({ userId, chatId, text, signal }: SendText): Promise<SendOutcome> => {
      try {
        checkText(text);
        const { id, created } = await api({
          method: 'POST',
          path: `${chatPath(1, userId, chatId)}/messages`,
          json: newMessage.parse({ type: 'text', message: { text } }),
          isReadOnly: false,
          schema: sentMessage,
          signal,
        });
        return { outcome: 'sent', messageId: id, createdAt: created };
      } catch (error) {
        if (!(error instanceof AvitoError)) throw error;
        return { outcome: error.mayHaveTakenEffect ? 'unknown' : 'not-sent', error };
      }
    },
  };
}

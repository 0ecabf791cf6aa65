import { z } from 'zod';
import type { Api } from '../api.ts';
import { AvitoRequestError } from '../errors.ts';
import type { ChatCall } from './call-options.ts';
import { chatPath } from './paths.ts';
import { outcomeOf, type SendOutcome, sentMessage } from './send-outcome.ts';

/** Avito's bound for one message, in Unicode code points: most emoji are one, and none is counted by its UTF-16 units. */
export const MAX_TEXT_CHARACTERS = 1000;

export type SendText = ChatCall & {
  /** 1 to 1000 characters of plain text. */
  text: string;
  /**
   * Asked at the last moment before the text leaves this machine. False: it does not, and the outcome is `not-sent`
   * with the code `avito.too-late`. Between the answer and the write only microseconds remain.
   */
  mayLeave?: (() => boolean) | undefined;
};

const newMessage = z.strictObject({
  type: z.literal('text'),
  message: z.strictObject({ text: z.string().min(1) }),
});

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

export function sendTextCalls(api: Api) {
  return {
    /** Sends one text by one POST. Never throws an AvitoError: the outcome holds it. */
    sendText: ({ userId, chatId, text, ...options }: SendText): Promise<SendOutcome> =>
      outcomeOf(async () => {
        checkText(text);
        return api({
          method: 'POST',
          path: `${chatPath(1, userId, chatId)}/messages`,
          json: newMessage.parse({ type: 'text', message: { text } }),
          isReadOnly: false,
          schema: sentMessage,
          ...options,
        });
      }),
  };
}

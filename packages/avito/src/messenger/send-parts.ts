import type { AvitoError } from '../errors.ts';
import type { ChatCall } from './call-options.ts';
import type { SendOutcome } from './send-outcome.ts';
import type { SendText } from './send-text.ts';

export type PartOutcome = SendOutcome | { outcome: 'not-tried' };

export type SentParts = {
  /** `partly-sent`: some parts stand in the chat, and another one certainly does not, or nobody knows. */
  outcome: 'sent' | 'partly-sent' | 'not-sent' | 'unknown';
  /** In the order of the texts. */
  parts: PartOutcome[];
  /** Why it stopped. */
  error: AvitoError | undefined;
};

type SendParts = Omit<ChatCall, 'signal'> & {
  avito: { sendText: (message: SendText) => Promise<SendOutcome> };
  /** Each 1 to 1000 characters. */
  texts: readonly string[];
};

/**
 * Sends the parts of a long text one after the other, each by one POST, and stops at the first that was not sent or of
 * which nobody knows: a text with a hole in the middle is worse than a short one. Takes no signal, for a send that is
 * cut off has no known outcome.
 */
export async function sendParts({ avito, texts, ...call }: SendParts): Promise<SentParts> {
  const parts: PartOutcome[] = [];
  let failed: Exclude<SendOutcome, { outcome: 'sent' }> | undefined;
  for (const text of texts) {
    const part: PartOutcome =
      failed === undefined ? await avito.sendText({ ...call, text }) : { outcome: 'not-tried' };
    parts.push(part);
    if (part.outcome === 'not-sent' || part.outcome === 'unknown') failed = part;
  }
  if (failed === undefined) return { outcome: 'sent', parts, error: undefined };
  const outcome = parts[0]?.outcome === 'sent' ? 'partly-sent' : failed.outcome;
  return { outcome, parts, error: failed.error };
}

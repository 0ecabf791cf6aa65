import { MAX_TEXT_CHARACTERS, sendParts, type SentParts } from '@avito-autoreply/avito';
import { splitIntoParts } from '@avito-autoreply/rag';
import { openAvito } from '../avito.ts';
import { exitCodeOf, UsageError } from '../exit-code.ts';
import type { Command } from '../run-command.ts';

type SendInput = { chatId: string; text: string; account: number | undefined };

const advice: Record<Exclude<SentParts['outcome'], 'sent'>, string> = {
  'partly-sent': 'A part of the text arrived: send only what is missing, after a look into the chat.',
  'not-sent': 'It did not arrive.',
  unknown: 'It may have arrived: look into the chat before sending it again.',
};

const partAnswer = (part: SentParts['parts'][number]) => ({
  outcome: part.outcome,
  ...(part.outcome === 'sent' ? { messageId: part.messageId } : {}),
  ...('error' in part ? { error: { code: part.error.code, message: part.error.message } } : {}),
});

/** Sends a text as the account itself, once, without the pipeline; a long one in parts. */
export function send({ chatId, text, account }: SendInput): Command {
  return async (context) => {
    const { terminal } = context;
    const texts = splitIntoParts(text, MAX_TEXT_CHARACTERS);
    if (texts.length === 0) throw new UsageError('the text is empty', { code: 'avito.empty-text' });
    const { avito, userId } = await openAvito(context, { account });
    const { outcome, parts, error } = await sendParts({ avito, userId, chatId, texts });
    const answers = parts.map(partAnswer);
    for (const [index, part] of answers.entries()) {
      const place = parts.length === 1 ? '' : ` ${index + 1} of ${parts.length}`;
      if (part.messageId !== undefined)
        terminal.line(`${terminal.style('green', 'sent')}: message${place} ${part.messageId}`);
      else if (parts.length > 1) terminal.line(`${part.outcome}: message${place}`);
    }
    if (outcome === 'sent' || outcome === 'partly-sent')
      terminal.line('The automatic answers of this chat pause now, because a person wrote in it.');
    if (outcome === 'sent' || error === undefined) {
      terminal.json({ outcome, messageId: answers[0]?.messageId, parts: answers });
      return 0;
    }
    const { code, message } = error;
    terminal.json({ outcome, parts: answers, error: { code, message: `${message}. ${advice[outcome]}` } });
    terminal.note(`${code}: ${message}. ${advice[outcome]}`);
    return exitCodeOf(error);
  };
}

import { readFile } from 'node:fs/promises';
import { errorMessage } from '@avito-autoreply/runtime';
import { openAvito } from '../avito.ts';
import { exitCodeOf, UsageError } from '../exit-code.ts';
import type { Command } from '../run-command.ts';

type SendImageInput = { chatId: string; file: string; account: number | undefined };

async function readImage(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${errorMessage(error)})`, { code: 'cli.no-file' });
  }
}

/** Uploads an image and sends it as the account itself, once. */
export function sendImage({ chatId, file, account }: SendImageInput): Command {
  return async (context) => {
    const { terminal, signal } = context;
    const bytes = await readImage(file);
    const { avito, userId } = await openAvito(context, { account });
    const { imageId } = await avito.uploadImage({ userId, bytes, signal });
    // Without a signal: an aborted POST would leave nobody knowing whether it arrived.
    const sent = await avito.sendImage({ userId, chatId, imageId });
    if (sent.outcome === 'sent') {
      terminal.line(`${terminal.style('green', 'sent')}: message ${sent.messageId}`);
      terminal.line('The automatic answers of this chat pause now, because a person wrote in it.');
      terminal.json({ outcome: 'sent', messageId: sent.messageId, imageId });
      return 0;
    }
    const { code, message } = sent.error;
    const advice =
      sent.outcome === 'unknown'
        ? 'It may have arrived: look into the chat before sending it again.'
        : 'It did not arrive.';
    terminal.json({ outcome: sent.outcome, error: { code, message: `${message}. ${advice}` } });
    terminal.note(`${code}: ${message}. ${advice}`);
    return exitCodeOf(sent.error);
  };
}

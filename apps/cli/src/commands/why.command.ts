import { loadConfig, loadPrices, openaiEnv } from '@avito-autoreply/config';
import { createRepositories, reasonText } from '@avito-autoreply/database';
import { explainMessage, explainReply } from '@avito-autoreply/rag';
import { selectAccountIds } from '../account.ts';
import { openDatabase } from '../database.ts';
import { UsageError } from '../exit-code.ts';
import type { Command } from '../run-command.ts';

/** „Why this answer?“ for a reply, a message or the latest reply of a chat. */
export function why({ id, account: wanted }: { id: string; account: number | undefined }): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const accountIds = await selectAccountIds({ environment, wanted });
    const prices = await loadPrices(loadConfig(openaiEnv, environment).OPENAI_PRICES_FILE);
    const { replies, sends } = createRepositories(await openDatabase(context));
    const found = await replies.lookUp({ accountIds, id });
    if (found === undefined) {
      throw new UsageError(`no reply, message or chat of account ${accountIds.join(', ')} has the id ${id}`, {
        code: 'reply.unknown',
      });
    }
    if ('message' in found) {
      const { text, decision, decisionReason } = found.message;
      const lines = explainMessage({ text, decision, reason: decisionReason, reasonText });
      for (const line of lines) terminal.line(line);
      terminal.json({ lines, message: found.message });
      return 0;
    }
    const parts = (await sends.findReply(found.reply))?.sends ?? [];
    const lines = explainReply({ reply: found.reply, sends: parts, currency: prices?.currency, reasonText });
    for (const line of lines) terminal.line(line);
    terminal.json({ lines, reply: found.reply, sends: parts });
    return 0;
  };
}

import { loadSources, withScratchBase } from '@avito-autoreply/rag';
import { selectKnowledge } from '../account.ts';
import { UsageError } from '../exit-code.ts';
import type { openKnowledge } from '../knowledge.ts';
import type { CommandContext } from '../run-command.ts';

type Account = { accountId: number; knowledgeAccountId: number };

/** Runs with the account's own knowledge base, or with a file or folder that is its base for the time of the run. */
export async function withBase<T>(
  { environment, terminal, signal }: CommandContext,
  {
    opened: { store, rag },
    path,
    account: wanted,
  }: {
    opened: Awaited<ReturnType<typeof openKnowledge>>;
    path: string | undefined;
    account: number | undefined;
  },
  run: (account: Account) => Promise<T>,
): Promise<T> {
  const account = await selectKnowledge({ environment, wanted });
  if (path === undefined) return run(account);
  const { sources, failed } = await loadSources({ path });
  for (const { sourceKey, message } of failed) terminal.note(`${sourceKey} is left out: ${message}`);
  const { accountId } = account;
  return withScratchBase({ store, embedder: rag.embedder }, { sources, signal }, (scratch) => {
    const { added, failed: unusable, warnings } = scratch.report;
    for (const { sourceKey, message } of [...unusable, ...warnings])
      terminal.note(`${sourceKey}: ${message}`);
    if (added === 0) {
      throw new UsageError(
        `${path} holds nothing to answer from: name a file or folder of a knowledge base`,
        {
          code: 'eval.empty-knowledge',
        },
      );
    }
    return run({ accountId, knowledgeAccountId: scratch.accountId });
  });
}

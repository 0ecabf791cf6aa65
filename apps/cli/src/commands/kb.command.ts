import { selectAccountId } from '../account.ts';
import { openKnowledge, syncFolder } from '../knowledge.ts';
import { createProgress } from '../output/progress.ts';
import { tableLines } from '../output/table.ts';
import type { Command } from '../run-command.ts';

type Common = { account: number | undefined };

export function kbSync({ path, account: wanted }: Common & { path: string }): Command {
  return async (context) => {
    const { environment, terminal, logger, signal } = context;
    const accountId = await selectAccountId({ environment, wanted });
    const { pool, model } = await openKnowledge(context);
    const progress = createProgress({ terminal });
    const report = await syncFolder({
      pool,
      accountId,
      path,
      model,
      logger,
      signal,
      onProgress: ({ done, total, stage }) => progress.update({ done, total, stage }),
    }).finally(progress.stop);
    const { added, updated, unchanged, removed, embedded, failed, skipped } = report;
    terminal.line(
      `account ${accountId}: ${added} added, ${updated} updated, ${unchanged} unchanged, ${removed} removed`,
    );
    if (embedded > 0) terminal.line(`${embedded} passages got vectors`);
    for (const name of skipped)
      terminal.line(terminal.style('gray', `not read: ${name} (of an unknown kind)`));
    for (const { sourceKey, code, message } of failed) {
      terminal.line(`${terminal.style('red', 'failed')} ${sourceKey}: ${message} (${code})`);
    }
    terminal.json({ account_id: accountId, ...report });
    return failed.length === 0 ? 0 : 1;
  };
}

export function kbList({ account: wanted }: Common): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const accountId = await selectAccountId({ environment, wanted });
    const { store } = await openKnowledge(context);
    const documents = await store.documents.list({ accountId });
    if (documents.length === 0)
      terminal.line(`account ${accountId} has no knowledge base yet: autoreply kb sync <path>`);
    const rows = documents.map(({ sourceKey, title, chunks, updatedAt }) => [
      sourceKey,
      title,
      `${chunks} passages`,
      updatedAt.toISOString(),
    ]);
    for (const line of tableLines(rows)) terminal.line(line);
    terminal.json({ account_id: accountId, documents });
    return 0;
  };
}

export function kbSearch({
  question,
  limit,
  account: wanted,
}: Common & { question: string; limit: number }): Command {
  return async (context) => {
    const { environment, terminal, signal } = context;
    const accountId = await selectAccountId({ environment, wanted });
    const { rag } = await openKnowledge(context);
    const { passages, hits } = await rag.retriever.retrieve({ accountId, question, limit, signal });
    const scores = new Map(hits.map(({ chunkId, score }) => [chunkId, score]));
    const found = passages.map((passage) => ({
      ...passage,
      score: Math.max(0, ...passage.chunkIds.map((chunkId) => scores.get(chunkId) ?? 0)),
    }));
    if (found.length === 0) terminal.line('The base says nothing about this.');
    for (const { score, heading, question: asked, content } of found) {
      terminal.line(`${terminal.style('green', score.toFixed(3))}  ${terminal.style('bold', heading)}`);
      terminal.line(
        `       ${[asked, content]
          .filter((text) => text !== null)
          .join('\n')
          .replaceAll('\n', '\n       ')}`,
      );
    }
    terminal.json({ account_id: accountId, passages: found });
    return found.length === 0 ? 1 : 0;
  };
}

export function kbRemove({ sources, account: wanted }: Common & { sources: readonly string[] }): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const accountId = await selectAccountId({ environment, wanted });
    const { store } = await openKnowledge(context);
    const removed = await store.documents.remove({ accountId, sourceKeys: sources });
    terminal.line(`${removed} of ${sources.length} removed`);
    if (removed < sources.length) terminal.note('The keys are those that `kb list` shows.');
    terminal.json({ account_id: accountId, removed });
    return removed === sources.length ? 0 : 1;
  };
}

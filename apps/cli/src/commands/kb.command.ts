import { selectKnowledge } from '../account.ts';
import { openKnowledge, syncFolder } from '../knowledge.ts';
import { createProgress } from '../output/progress.ts';
import { tableLines } from '../output/table.ts';
import type { Command } from '../run-command.ts';

type Common = { account: number | undefined };

export function kbSync({ path, account: wanted }: Common & { path: string }): Command {
  return async (context) => {
    const { environment, terminal, logger, signal } = context;
    const { accountId } = await selectKnowledge({ environment, wanted, isChange: true });
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
    if (added + updated + unchanged + failed.length === 0)
      terminal.note(`${path} holds no Markdown, text or CSV file: nothing was read`);
    terminal.line(
      `account ${accountId}: ${added} added, ${updated} updated, ${unchanged} unchanged, ${removed} removed`,
    );
    if (embedded > 0) terminal.line(`${embedded} passages got vectors`);
    for (const name of skipped)
      terminal.line(terminal.style('gray', `not read: ${name} (of an unknown kind)`));
    for (const { sourceKey, code, message } of failed) {
      terminal.line(`${terminal.style('red', 'failed')} ${sourceKey}: ${message} (${code})`);
    }
    terminal.json({ accountId, ...report });
    return failed.length === 0 ? 0 : 1;
  };
}

export function kbList({ account: wanted }: Common): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const { accountId, knowledgeAccountId } = await selectKnowledge({ environment, wanted });
    const { store } = await openKnowledge(context);
    const documents = await store.documents.list({ accountId: knowledgeAccountId });
    if (knowledgeAccountId !== accountId)
      terminal.line(`account ${accountId} answers from the knowledge base of account ${knowledgeAccountId}`);
    if (documents.length === 0)
      terminal.line(`account ${knowledgeAccountId} has no knowledge base yet: autoreply kb sync <path>`);
    const rows = documents.map(({ sourceKey, title, chunks, updatedAt }) => [
      sourceKey,
      title,
      String(chunks),
      `${updatedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    ]);
    const header = ['source', 'title', 'passages', 'updated'];
    for (const line of rows.length === 0 ? [] : tableLines([header, ...rows])) terminal.line(line);
    terminal.json({ accountId, knowledgeAccountId, documents });
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
    const { accountId, knowledgeAccountId } = await selectKnowledge({ environment, wanted });
    const { rag } = await openKnowledge(context);
    const { passages, hits } = await rag.retriever.retrieve({
      accountId: knowledgeAccountId,
      question,
      limit,
      signal,
    });
    const scores = new Map(hits.map(({ chunkId, score }) => [chunkId, score]));
    const found = passages.map((passage) => ({
      ...passage,
      score: Math.max(0, ...passage.chunkIds.map((chunkId) => scores.get(chunkId) ?? 0)),
    }));
    if (found.length === 0) terminal.line('The base says nothing about this.');
    for (const { score, sourceKey, heading, question: asked, content } of found) {
      const title = `${terminal.style('bold', heading)} ${terminal.style('gray', `(${sourceKey})`)}`;
      terminal.line(`${terminal.style('green', score.toFixed(3))}  ${title}`);
      terminal.line(
        `       ${[asked, content]
          .filter((text) => text !== null)
          .join('\n')
          .replaceAll('\n', '\n       ')}`,
      );
    }
    terminal.json({ accountId, knowledgeAccountId, passages: found });
    return found.length === 0 ? 1 : 0;
  };
}

export function kbRemove({ sources, account: wanted }: Common & { sources: readonly string[] }): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const { accountId } = await selectKnowledge({ environment, wanted, isChange: true });
    const { store } = await openKnowledge(context);
    const known = new Set((await store.documents.list({ accountId })).map(({ sourceKey }) => sourceKey));
    const unknown = sources.filter((key) => !known.has(key));
    const removed = await store.documents.remove({ accountId, sourceKeys: sources });
    terminal.line(`account ${accountId}: ${removed} removed`);
    if (unknown.length > 0)
      terminal.note(`not in the base: ${unknown.join(', ')}; \`autoreply kb list\` shows the keys`);
    terminal.json({ accountId, removed, unknown });
    return unknown.length === 0 ? 0 : 1;
  };
}

import { removeSources } from '@avito-autoreply/rag';
import { selectKnowledge } from '../account.ts';
import { openKnowledge } from '../knowledge.ts';
import { minuteOf } from '../output/minute.ts';
import { tableLines } from '../output/table.ts';
import type { Command } from '../run-command.ts';

type Common = { account: number | undefined };

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
      minuteOf(updatedAt),
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
  itemId,
  account: wanted,
}: Common & { question: string; limit: number; itemId?: number | undefined }): Command {
  return async (context) => {
    const { environment, terminal, signal } = context;
    const { accountId, knowledgeAccountId } = await selectKnowledge({ environment, wanted });
    const { rag } = await openKnowledge(context);
    const { passages, hits } = await rag.retriever.retrieve({
      accountId: knowledgeAccountId,
      question,
      limit,
      itemId,
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
    const { removed, unknown } = await removeSources({ store }, { accountId, sourceKeys: sources });
    terminal.line(`account ${accountId}: ${removed} removed`);
    if (unknown.length > 0)
      terminal.note(`not in the base: ${unknown.join(', ')}; \`autoreply kb list\` shows the keys`);
    terminal.json({ accountId, removed, unknown });
    return unknown.length === 0 ? 0 : 1;
  };
}

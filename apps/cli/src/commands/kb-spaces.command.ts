import { reembedKnowledge } from '@avito-autoreply/rag';
import { AppError } from '@avito-autoreply/runtime';
import { selectKnowledge } from '../account.ts';
import { UsageError } from '../exit-code.ts';
import { openKnowledge } from '../knowledge.ts';
import { createProgress } from '../output/progress.ts';
import { tableLines } from '../output/table.ts';
import type { Command } from '../run-command.ts';

type Common = { account: number | undefined };

export function kbSpaces({ account: wanted }: Common): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const { accountId, knowledgeAccountId } = await selectKnowledge({ environment, wanted });
    const { store, rag } = await openKnowledge(context);
    const spaces = await store.spaces.list({ accountId: knowledgeAccountId });
    const configured = rag.embedder?.spaceKey ?? null;
    if (spaces.length === 0) terminal.line('no vectors yet: questions are searched by words only');
    const rows = spaces.map(({ key, dimensions, vectors, missing, isActive }) => [
      key,
      String(dimensions),
      String(vectors),
      String(missing),
      isActive ? 'yes' : 'no',
    ]);
    const header = ['space', 'dimensions', 'vectors', 'missing', 'serves'];
    for (const line of rows.length === 0 ? [] : tableLines([header, ...rows])) terminal.line(line);
    const serving = spaces.find(({ isActive }) => isActive)?.key;
    if (configured !== null && serving !== undefined && serving !== configured)
      terminal.note(
        `the configured model makes ${configured}: \`autoreply kb reembed\` fills it and switches`,
      );
    const rebuild = (await store.rebuilds.find({ accountId: knowledgeAccountId })) ?? null;
    if (rebuild?.state === 'waiting' || rebuild?.state === 'running')
      terminal.line(`a worker fills ${rebuild.spaceKey}: ${rebuild.done} of ${rebuild.total}`);
    if (rebuild?.error)
      terminal.line(`a worker could not fill ${rebuild.spaceKey}: ${rebuild.error.message}`);
    terminal.json({ accountId, knowledgeAccountId, configured, spaces, rebuild });
    return 0;
  };
}

export function kbReembed({ isSwitching, account: wanted }: Common & { isSwitching: boolean }): Command {
  return async (context) => {
    const { environment, terminal, signal } = context;
    const { accountId } = await selectKnowledge({ environment, wanted, isChange: true });
    const { store, rag } = await openKnowledge(context);
    if (rag.embedder === undefined) {
      throw new UsageError(
        'no embedding model is configured: set OPENAI_API_KEY and OPENAI_EMBEDDING_MODEL',
        {
          code: 'cli.no-embedding-model',
        },
      );
    }
    const progress = createProgress({ terminal });
    const report = await reembedKnowledge(
      { store, embedder: rag.embedder },
      { accountId, isSwitching, signal, onProgress: (state) => progress.update(state) },
    ).finally(progress.stop);
    const { spaceKey, embedded, isActive } = report;
    terminal.line(`account ${accountId}: ${embedded} passages got vectors in ${spaceKey}`);
    terminal.line(
      isActive
        ? 'it serves from now on'
        : `it is filled; \`autoreply kb switch '${spaceKey}'\` lets it serve`,
    );
    terminal.json({ accountId, ...report });
    return 0;
  };
}

export function kbSwitchSpace({ space, account: wanted }: Common & { space: string }): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const { accountId } = await selectKnowledge({ environment, wanted, isChange: true });
    const { store } = await openKnowledge(context);
    const missing = await store.spaces.activate({ accountId, spaceKey: space });
    if (missing > 0) {
      throw new AppError(
        `${missing} passages have no vector in ${space}: configure its model and run \`autoreply kb reembed\``,
        { code: 'knowledge.space-incomplete' },
      );
    }
    terminal.line(`account ${accountId}: ${space} serves from now on`);
    terminal.json({ accountId, space });
    return 0;
  };
}

export function kbDropSpace({ space, account: wanted }: Common & { space: string }): Command {
  return async (context) => {
    const { environment, terminal } = context;
    const { accountId } = await selectKnowledge({ environment, wanted, isChange: true });
    const { store } = await openKnowledge(context);
    const dropped = await store.spaces.drop({ accountId, spaceKey: space });
    terminal.line(`account ${accountId}: ${dropped} vectors of ${space} removed`);
    terminal.json({ accountId, space, dropped });
    return 0;
  };
}

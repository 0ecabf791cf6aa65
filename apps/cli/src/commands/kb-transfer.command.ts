import { exportKnowledge, folderFiles, importKnowledge } from '@avito-autoreply/rag';
import { selectKnowledge } from '../account.ts';
import { openKnowledge } from '../knowledge.ts';
import { createProgress } from '../output/progress.ts';
import type { Command } from '../run-command.ts';

type Transfer = { folder: string; account: number | undefined };

export function kbExport({ folder, account: wanted }: Transfer): Command {
  return async (context) => {
    const { environment, terminal, signal } = context;
    const { accountId, knowledgeAccountId } = await selectKnowledge({ environment, wanted });
    const { store } = await openKnowledge(context);
    const progress = createProgress({ terminal });
    const report = await exportKnowledge(
      { store },
      {
        accountId: knowledgeAccountId,
        folder,
        signal,
        onProgress: (state) => progress.update({ ...state, stage: 'documents' }),
      },
    ).finally(progress.stop);
    const { documents, chunks, vectors } = report;
    terminal.line(
      `account ${knowledgeAccountId}: ${documents} documents, ${chunks} passages, ${vectors} vectors written`,
    );
    terminal.json({ accountId, knowledgeAccountId, ...report });
    return 0;
  };
}

export function kbImport({ folder, isWhole, account: wanted }: Transfer & { isWhole: boolean }): Command {
  return async (context) => {
    const { environment, terminal, signal } = context;
    const { accountId } = await selectKnowledge({ environment, wanted, isChange: true });
    const { store } = await openKnowledge(context);
    const progress = createProgress({ terminal });
    const report = await importKnowledge(
      { store },
      {
        accountId,
        files: folderFiles(folder),
        isWhole,
        signal,
        onProgress: (state) => progress.update({ ...state, stage: 'documents' }),
      },
    ).finally(progress.stop);
    const { documents, chunks, vectors, removed, missing } = report;
    terminal.line(
      `account ${accountId}: ${documents} documents, ${chunks} passages, ${vectors} vectors read, ${removed} removed`,
    );
    if (missing > 0)
      terminal.note(
        `${missing} passages have no vector in the space that serves: \`autoreply kb reembed\` fills it`,
      );
    terminal.json({ accountId, ...report });
    return 0;
  };
}

import { evaluateBeir } from '@avito-autoreply/rag';
import { openKnowledge } from '../knowledge.ts';
import { createProgress } from '../output/progress.ts';
import { tableLines } from '../output/table.ts';
import type { Command } from '../run-command.ts';

/** Measures the retriever that answers buyers; the corpus is removed again afterwards. */
export function evaluateBeirFolder({ folder }: { folder: string }): Command {
  return async (context) => {
    const { terminal, signal } = context;
    const { store, rag } = await openKnowledge(context);
    const progress = createProgress({ terminal });
    const report = await evaluateBeir(
      { store, search: rag.search, retriever: rag.retriever, embedder: rag.embedder },
      {
        folder,
        signal,
        onProgress: ({ done, total }) => progress.update({ done, total, stage: 'questions' }),
      },
    ).finally(progress.stop);
    for (const line of tableLines(
      Object.entries(report).map(([name, value]) => [name, String(Math.round(value * 10_000) / 10_000)]),
    )) {
      terminal.line(line);
    }
    terminal.json(report);
    return 0;
  };
}

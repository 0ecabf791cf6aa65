import { type AnswerSource, explainAnswer, explainSearchFailures, explainModels } from '@avito-autoreply/rag';
import { selectKnowledge } from '../account.ts';
import { openKnowledge } from '../knowledge.ts';
import type { Command } from '../run-command.ts';

const sourceLine = (source: AnswerSource): string => {
  switch (source.kind) {
    case 'item':
      return 'from the listing';
    case 'approved':
      return `from the approved answer to „${source.question}“`;
    case 'knowledge':
      return `from ${source.sourceKey}: ${source.heading}`;
  }
};

export function ask({
  question,
  itemId,
  account: wanted,
}: {
  question: string;
  itemId?: number | undefined;
  account: number | undefined;
}): Command {
  return async (context) => {
    const { environment, terminal, signal } = context;
    const { accountId, knowledgeAccountId } = await selectKnowledge({ environment, wanted });
    const { rag, currency } = await openKnowledge(context);
    const answer = await rag.engine.generateAnswer({
      accountId,
      knowledgeAccountId,
      question,
      itemId: itemId ?? null,
      signal,
    });
    const { text, mode, action, reason, sources, timings, usage } = answer;
    const price =
      usage.cost === null ? 'at an unknown price' : `for ${usage.cost.toFixed(4)} ${currency ?? ''}`.trim();
    const cost = usage.calls.length === 0 ? '' : `, ${price}`;
    terminal.line(terminal.style('bold', text));
    terminal.line();
    const handed = action === 'handoff' ? ', and the chat would be handed to a person' : '';
    terminal.line(
      terminal.style(
        'gray',
        `${mode}${reason === undefined ? '' : `, ${reason}`}${handed}; ${Math.round(timings.total)} ms${cost}`,
      ),
    );
    for (const source of sources) terminal.line(terminal.style('gray', sourceLine(source)));
    // In Russian, as `why` tells them.
    const { trace } = answer;
    for (const line of [...explainSearchFailures(trace), ...explainModels(trace, { wasSearched: false })])
      terminal.line(terminal.style('gray', line));
    terminal.json({ accountId, ...answer, lines: explainAnswer({ question, answer, currency }) });
    return 0;
  };
}

import type { Logger } from '@avito-autoreply/runtime';
import type { ChatModel } from '../ports.ts';
import { mayBeCorrected, type RefusedDraft } from './correction.ts';
import type { DraftAnswer } from './draft-answer.ts';
import { answerByModel, type ModelInput, type ModelOutcome, outcomeForLog } from './model-answer.ts';

/**
 * The first model that gives an answer, or says that there is none; one whose text was stopped may correct it once.
 * Otherwise what became of the last model's first text; undefined without models.
 */
export async function askModels({
  models,
  input,
  draft,
  logger,
}: {
  models: readonly ChatModel[];
  input: Omit<ModelInput, 'chatModel' | 'refused'>;
  draft: DraftAnswer;
  logger: Logger;
}): Promise<ModelOutcome | undefined> {
  const ask = async (chatModel: ChatModel, refused?: RefusedDraft) => {
    const outcome = await answerByModel({ ...input, chatModel, refused });
    const { model } = chatModel;
    draft.addModel({ model, outcome, isCorrection: refused !== undefined });
    if (outcome.kind === 'refused' || outcome.kind === 'failed') {
      logger.warn('the answer of the model is not used', { model, ...outcomeForLog(outcome) });
    }
    return outcome;
  };

  let last: ModelOutcome | undefined;
  for (const chatModel of models) {
    last = await ask(chatModel);
    if (last.kind === 'answer' || last.kind === 'handoff') return last;
    if (last.kind === 'refused' && mayBeCorrected(last.gate)) {
      const corrected = await ask(chatModel, last);
      if (corrected.kind === 'answer') return corrected;
      // One that has nothing to say without it leaves the others to be asked, as if it had insisted.
    }
  }
  return last;
}

import type { Logger } from '@avito-autoreply/runtime';
import type { ChatModel, PromptMessage } from '../ports.ts';
import { correctionOf } from './correction.ts';
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
  input: Omit<ModelInput, 'chatModel' | 'correction'>;
  draft: DraftAnswer;
  logger: Logger;
}): Promise<ModelOutcome | undefined> {
  const ask = async (chatModel: ChatModel, correction?: readonly PromptMessage[]) => {
    const outcome = await answerByModel({ ...input, chatModel, correction });
    const { model } = chatModel;
    draft.addModel({ model, outcome, isCorrection: correction !== undefined });
    if (outcome.kind === 'refused' || outcome.kind === 'failed') {
      logger.warn('the answer of the model is not used', { model, ...outcomeForLog(outcome) });
    }
    return outcome;
  };

  let last: ModelOutcome | undefined;
  for (const chatModel of models) {
    last = await ask(chatModel);
    if (last.kind === 'answer' || last.kind === 'handoff') return last;
    const correction = last.kind === 'refused' ? correctionOf(last) : undefined;
    if (correction === undefined) continue;
    const corrected = await ask(chatModel, correction);
    // One that has nothing to say without it leaves the others to be asked, as if it had insisted.
    if (corrected.kind === 'answer') return corrected;
  }
  return last;
}

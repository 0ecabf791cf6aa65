import { costOf, type ModelPrices } from '../cost/model-prices.ts';
import type { PastTurn } from './replay-turns.ts';

// Russian text, about three characters per token with today's tokenizers.
const CHARACTERS_PER_TOKEN = 3;
/** The rules, eight passages of some 500 characters, and the schema. */
const PROMPT_TOKENS = 700 + (8 * 600) / CHARACTERS_PER_TOKEN;
const ANSWER_TOKENS = 150;
/** A follow-up is rewritten by a call of its own. */
const REWRITE_TOKENS = { input: 250, output: 40 };

export type ReplayEstimate = {
  turns: number;
  /** Null without a model: it costs nothing then. */
  model: string | null;
  inputTokens: number;
  outputTokens: number;
  /** Null where the model has no price. */
  cost: number | null;
};

/** What a replay will cost at most, roughly; second models and embeddings aside. */
export function estimateReplay({
  turns,
  model,
  prices,
}: {
  turns: readonly PastTurn[];
  model: string | undefined;
  prices: ModelPrices | undefined;
}): ReplayEstimate {
  const none = { turns: turns.length, model: null, inputTokens: 0, outputTokens: 0, cost: 0 };
  if (model === undefined) return none;
  const usages = turns.map(({ question, history }) => {
    const said = [question, ...history.slice(-10).map(({ text }) => text)].join('\n').length;
    const isFollowUp = history.length > 0;
    return {
      input: PROMPT_TOKENS + said / CHARACTERS_PER_TOKEN + (isFollowUp ? REWRITE_TOKENS.input : 0),
      output: ANSWER_TOKENS + (isFollowUp ? REWRITE_TOKENS.output : 0),
    };
  });
  const inputTokens = Math.round(usages.reduce((sum, { input }) => sum + input, 0));
  const outputTokens = Math.round(usages.reduce((sum, { output }) => sum + output, 0));
  const cost = turns.length === 0 ? 0 : costOf({ model, usage: { inputTokens, outputTokens } }, prices);
  return { turns: turns.length, model, inputTokens, outputTokens, cost };
}

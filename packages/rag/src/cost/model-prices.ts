import type { TokenUsage } from '../ports.ts';

/**
 * What a million tokens of each model cost, and a thousand searches of a reranker that is billed by them. Prices change: they are the
 * owner's data, never constants of ours.
 */
export type ModelPrices = {
  /** For show only; all prices are in it. */
  currency: string;
  models: Readonly<Record<string, ModelPrice>>;
};

type ModelPrice = {
  input?: number | undefined;
  output?: number | undefined;
  search?: number | undefined;
};

/** One call of a model, as far as money goes. */
export type ModelCall = {
  model: string;
  usage: TokenUsage;
  /** Of a reranker; absent of others, and where nobody knows. */
  searches?: number | undefined;
};

const PER = 1_000_000;
const PER_SEARCHES = 1_000;

/** Whether the model is known to cost nothing, such as one on a machine of one's own. */
export function isFree(model: string, prices: ModelPrices | undefined): boolean {
  const told = Object.values(prices?.models[model] ?? {}).filter((price) => price !== undefined);
  return told.length > 0 && told.every((price) => price === 0);
}

/**
 * What a call cost in the currency of the prices; null when the model has no price, none for what it wrote, or its
 * server told no usage.
 */
export function costOf(
  { model, usage, searches }: ModelCall,
  prices: ModelPrices | undefined,
): number | null {
  const found = prices?.models[model];
  if (found?.search !== undefined) {
    return searches === undefined ? null : (searches * found.search) / PER_SEARCHES;
  }
  const { inputTokens, outputTokens } = usage;
  if (found?.input === undefined || inputTokens + outputTokens === 0) return null;
  if (outputTokens > 0 && found.output === undefined) return null;
  return (inputTokens * found.input + outputTokens * (found.output ?? 0)) / PER;
}

/** Of several calls together; null as soon as one of them is unknown, because a part is no sum. */
export function totalCost(calls: readonly ModelCall[], prices: ModelPrices | undefined): number | null {
  const costs = calls.map((call) => costOf(call, prices));
  return costs.some((cost) => cost === null)
    ? null
    : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
}

import { z } from 'zod';
import { ConfigError } from './load-config.ts';
import type { ModelConfig } from './openai.env.ts';
import type { RerankConfig } from './rerank.env.ts';
import { readJsonFile } from './read-json-file.ts';

const price = z.number('must be a number').nonnegative('must not be negative');

const priceOfModel = z
  .strictObject({ input: price.optional(), output: price.optional(), search: price.optional() })
  .refine(({ input, search }) => input !== undefined || search !== undefined, {
    path: ['input'],
    message: 'must be a number, or `search` where a reranker is billed by its searches',
  });

/** `OPENAI_PRICES_FILE`: what a million tokens of each model cost, or a thousand searches of a reranker. Prices change, so they are data. */
const pricesFile = z.strictObject({
  currency: z.string('must be a text, such as RUB').trim().min(1).max(10),
  // A model that makes vectors writes nothing, so it needs no second price.
  models: z.record(z.string().min(1), priceOfModel),
});
export type PricesConfig = z.output<typeof pricesFile>;

/** The prices of the file. Throws one ConfigError with all its problems. */
export async function loadPrices(path: string | undefined): Promise<PricesConfig | undefined> {
  if (path === undefined) return undefined;
  const problem = (text: string) => `OPENAI_PRICES_FILE: ${path}: ${text}`;
  const json = await readJsonFile({ variable: 'OPENAI_PRICES_FILE', path });
  const result = pricesFile.safeParse(json);
  if (result.success) return result.data;
  throw new ConfigError(
    result.error.issues.map((issue) => problem(`${issue.path.join('.') || 'the file'}: ${issue.message}`)),
  );
}

/** A ceiling holds only where every model has a price. Throws a ConfigError that names those without one. */
export function requirePrices({
  model,
  rerank,
  prices,
  hasBudget,
}: {
  model: ModelConfig | undefined;
  rerank: RerankConfig | undefined;
  prices: PricesConfig | undefined;
  hasBudget: boolean;
}): void {
  if (!hasBudget) return;
  const { chatModel, secondChatModel, embeddingModel, visionModel, transcriptionModel } = model ?? {};
  const used = [chatModel, secondChatModel?.model, embeddingModel, visionModel, transcriptionModel];
  const named = new Set(used.filter((name) => name !== undefined));
  const isPriced = (name: string) => prices?.models[name]?.input !== undefined;
  const ranking = rerank === undefined || prices?.models[rerank.model] !== undefined ? [] : [rerank.model];
  const missing = [...new Set([...[...named].filter((name) => !isPriced(name)), ...ranking])];
  const writing = new Set([chatModel, secondChatModel?.model, visionModel]);
  const half = [...named].filter((name) => {
    const told = prices?.models[name];
    return writing.has(name) && told?.input !== undefined && told.output === undefined;
  });
  const problems = [...lines('price', missing), ...lines('output price', half)];
  if (problems.length > 0) throw new ConfigError(problems);
}

const lines = (what: string, models: readonly string[]): string[] =>
  models.length === 0
    ? []
    : [
        `OPENAI_PRICES_FILE: has no ${what} for ${models.join(', ')}, so the monthly budget could not be kept; add it or take the budget away`,
      ];

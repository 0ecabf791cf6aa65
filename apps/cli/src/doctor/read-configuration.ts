import {
  avitoEnv,
  collectConfig,
  ConfigError,
  databaseEnv,
  type Environment,
  loadConfig,
  logEnv,
  modelConfig,
  openaiEnv,
  policyEnv,
  portsEnv,
  queueEnv,
  replyEnv,
  requirePrices,
  webhookEnv,
} from '@avito-autoreply/config';
import { z } from 'zod';
import { passedOnParts } from '../stack/passed-on.ts';

const everything = z.object({
  ...logEnv.shape,
  ...databaseEnv.shape,
  ...queueEnv.shape,
  ...avitoEnv.shape,
  ...webhookEnv.shape,
  ...replyEnv.shape,
  ...policyEnv.shape,
  ...openaiEnv.shape,
  ...portsEnv.shape,
  ADMIN_API_KEY: z.string().optional(),
});

/** What the apps read of the environment. */
export type Variables = z.output<typeof everything>;

/** The parts of a configuration as the apps read them. */
function partsOf(environment: Environment) {
  const parts = passedOnParts(environment);
  return {
    env: () => loadConfig(everything, environment),
    ...parts,
    // As the worker does before it starts.
    prices: async () => {
      const prices = await parts.prices();
      const env = parts.variables();
      const budgets = (await parts.accounts()).map(({ settings }) => settings.modelMonthlyBudget);
      const hasBudget = [env.OPENAI_MONTHLY_BUDGET, ...budgets].some((budget) => budget !== undefined);
      requirePrices({ model: modelConfig(env), rerank: parts.rerank(), prices, hasBudget });
    },
  };
}

/** What is sound of the configuration, and every problem of the rest. */
export async function readConfiguration(environment: Environment) {
  const parts = partsOf(environment);
  const problems = await collectConfig(parts).then(
    () => [],
    (error: unknown) => {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    },
  );
  const orUndefined = async <T>(read: () => T | Promise<T>) => {
    try {
      return await read();
    } catch {
      // It is among the problems.
      return undefined;
    }
  };
  return {
    problems,
    env: await orUndefined(parts.env),
    accounts: await orUndefined(parts.accounts),
    rerank: await orUndefined(parts.rerank),
  };
}

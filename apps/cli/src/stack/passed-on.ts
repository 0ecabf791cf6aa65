import {
  accessConfig,
  accessEnv,
  accountsIn,
  captureEnv,
  type Environment,
  loadConfig,
  loadPrices,
  loadTokenKey,
  openaiEnv,
  policyEnv,
  replyEnv,
  rerankConfig,
  rerankEnv,
} from '@avito-autoreply/config';
import { z } from 'zod';

/** What a stack hands on to worker and admin as it is; what it reads itself it hands on in its own words. */
export const passedToWorkers: readonly string[] = [
  ...Object.keys({
    ...replyEnv.shape,
    ...accessEnv.shape,
    ...policyEnv.shape,
    ...openaiEnv.shape,
    ...rerankEnv.shape,
  }),
  'AVITO_GRANT',
  'AVITO_TOKEN_KEY',
];

export const passedToIngest: readonly string[] = Object.keys(captureEnv.shape);

const variables = z.object({ ...replyEnv.shape, ...policyEnv.shape, ...openaiEnv.shape });
const pricesEnv = openaiEnv.pick({ OPENAI_PRICES_FILE: true });

/** Parts for `collectConfig`: what the apps would refuse of what is handed on, told before anything is started. */
export const passedOnParts = (environment: Environment) => ({
  variables: () => loadConfig(variables, environment),
  accounts: () => accountsIn(environment),
  tokenKey: () => loadTokenKey(environment),
  access: () => accessConfig(loadConfig(accessEnv, environment)),
  rerank: () => rerankConfig(loadConfig(rerankEnv, environment)),
  prices: () => loadPrices(loadConfig(pricesEnv, environment).OPENAI_PRICES_FILE),
});

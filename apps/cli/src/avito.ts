import { createAccountClients } from '@avito-autoreply/avito';
import {
  accountsEnv,
  databaseEnv,
  type Environment,
  loadAccounts,
  loadConfig,
  loadTokenKey,
} from '@avito-autoreply/config';
import { createAvitoStores, createPool } from '@avito-autoreply/database';
import { selectAccount } from './account.ts';
import type { CommandContext } from './run-command.ts';
import { START_DATA_DIR } from './stack/data-folders.ts';
import { openServices } from './stack/services.ts';
import { readMeantStack, readRunningStack } from './stack/stack-file.ts';

/**
 * What names the account: the environment, else, without any account there, the stack that runs here on the simulator.
 */
export async function avitoEnvironment({
  environment,
  dataDir = START_DATA_DIR,
}: {
  environment: Environment;
  dataDir?: string;
}): Promise<Environment> {
  if ((await loadAccounts(loadConfig(accountsEnv, environment))).length > 0) return environment;
  return { ...environment, ...(await readMeantStack({ dataDir, environment }))?.avitoEnv };
}

/** Where the database is, without starting one for a single call to Avito. */
async function knownDatabaseUrl({ environment }: CommandContext): Promise<string | undefined> {
  const { DATABASE_URL: url } = loadConfig(databaseEnv, environment);
  return url ?? (await readRunningStack({ dataDir: START_DATA_DIR }))?.databaseUrl;
}

async function openDatabaseUrl({ environment, logger, signal, onEnd }: CommandContext): Promise<string> {
  const options = { environment, dataDir: START_DATA_DIR, needsQueue: false, logger, signal };
  const services = await openServices(options);
  onEnd(services.stop);
  return services.databaseUrl;
}

/** The account that a command means, and its client; limits and tokens are those of the whole installation where it has a database. */
export async function openAvito(
  context: CommandContext,
  { account: wanted }: { account: number | undefined },
) {
  const { environment, logger, onEnd } = context;
  const known = await avitoEnvironment({ environment });
  const { account, baseUrl } = await selectAccount({ environment: known, wanted });
  const isConsent = account.grant === 'consent';
  const tokenKey = isConsent ? await loadTokenKey(environment) : undefined;
  // Without a database an account with keys of its own does as well; a consent's tokens are nowhere else.
  const url = isConsent ? await openDatabaseUrl(context) : await knownDatabaseUrl(context);
  const userId = account.userId;
  if (url === undefined) {
    return {
      userId,
      account,
      baseUrl,
      tokenStore: undefined,
      consentStates: undefined,
      avito: createAccountClients({ baseUrl })(account),
    };
  }
  const pool = createPool({ url, max: 2, logger });
  onEnd(() => pool.end());
  const stores = createAvitoStores({ pool, tokenKey });
  return {
    userId,
    account,
    baseUrl,
    tokenStore: stores.tokenStoreOf?.(userId),
    consentStates: stores.consentStatesOf(userId),
    avito: createAccountClients({ baseUrl, ...stores, logger })(account),
  };
}

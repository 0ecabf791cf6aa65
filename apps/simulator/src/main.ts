import { loadConfig } from '@avito-autoreply/config';
import { createLifecycle, createLogger, listenToProcess, runMain } from '@avito-autoreply/runtime';
import { listen } from '@avito-autoreply/runtime/http';
import { defaultAccount } from './avito/shop.ts';
import { createSimulator } from './create-simulator.ts';
import { simulatorEnv } from './simulator.config.ts';

await runMain(async () => {
  const config = loadConfig(simulatorEnv, process.env);
  const secrets = [
    config.SIMULATOR_CLIENT_SECRET,
    config.SIMULATOR_WEBHOOK_SECRET,
    config.SIMULATOR_MODEL_API_KEY,
  ].filter((secret) => secret !== undefined);
  const logger = createLogger({
    service: 'simulator',
    level: config.LOG_LEVEL,
    format: config.LOG_FORMAT,
    secrets,
  });
  const lifecycle = createLifecycle({ logger });
  listenToProcess({ lifecycle, logger });

  const account = defaultAccount({
    ...(config.SIMULATOR_ACCOUNT_ID === undefined ? {} : { accountId: config.SIMULATOR_ACCOUNT_ID }),
    ...(config.SIMULATOR_CLIENT_ID === undefined ? {} : { clientId: config.SIMULATOR_CLIENT_ID }),
    ...(config.SIMULATOR_CLIENT_SECRET === undefined ? {} : { clientSecret: config.SIMULATOR_CLIENT_SECRET }),
    webhookSecret: config.SIMULATOR_WEBHOOK_SECRET,
  });
  const simulator = createSimulator({
    accounts: [account],
    seed: config.SIMULATOR_SEED,
    modelApiKey: config.SIMULATOR_MODEL_API_KEY,
    logger,
  });

  // Loopback, unless a container says otherwise: the control API has no sign-in.
  const { port } = await listen({
    app: simulator.app,
    name: 'simulator',
    port: config.SIMULATOR_PORT,
    host: config.LISTEN_HOST,
    lifecycle,
  });
  // Runs before the server waits for its open requests: event streams would keep it waiting.
  lifecycle.onShutdown({ name: 'simulator', phase: 'stop-intake', run: simulator.close });
  logger.info('listening', { port, accountId: account.id });
  process.send?.({ type: 'listening', port });
});

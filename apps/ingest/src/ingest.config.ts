import {
  databaseEnv,
  type Environment,
  loadConfig,
  logEnv,
  portsEnv,
  queueEnv,
  requireQueueBackend,
  webhookConfig,
  webhookEnv,
} from '@avito-autoreply/config';
import { AppError } from '@avito-autoreply/runtime';
import { z } from 'zod';

const ingestEnv = z.object({
  ...logEnv.shape,
  ...databaseEnv.shape,
  ...queueEnv.shape,
  ...webhookEnv.shape,
  ...portsEnv.pick({ INGEST_PORT: true, LISTEN_HOST: true }).shape,
});

/** What ingest needs; refuses a configuration in which anybody could put messages in. */
export function loadIngestConfig(environment: Environment) {
  const env = loadConfig(ingestEnv, environment);
  const webhook = webhookConfig(env);
  if (webhook.token === undefined && webhook.secrets.length === 0) {
    throw new AppError(
      'the webhook has no gate: set AVITO_WEBHOOK_TOKEN (an unguessable last path segment, e.g. from `openssl rand -hex 24`), or AVITO_WEBHOOK_SECRET when you know the key that Avito signs with',
      { code: 'config.no-webhook-gate' },
    );
  }
  if (webhook.signatureMode === 'hmac' && webhook.secrets.length === 0) {
    throw new AppError('AVITO_SIGNATURE_MODE is hmac, but AVITO_WEBHOOK_SECRET is not set', {
      code: 'config.no-webhook-secret',
    });
  }
  if (webhook.token === undefined && webhook.signatureMode !== 'hmac') {
    throw new AppError(
      `AVITO_SIGNATURE_MODE=${webhook.signatureMode} checks no key, so AVITO_WEBHOOK_TOKEN must be set`,
      { code: 'config.no-webhook-gate' },
    );
  }
  return {
    log: { level: env.LOG_LEVEL, format: env.LOG_FORMAT },
    http: { port: env.INGEST_PORT, host: env.LISTEN_HOST },
    backend: requireQueueBackend(env),
    webhook,
  };
}

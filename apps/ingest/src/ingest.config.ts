import {
  collectConfig,
  type Environment,
  loadConfig,
  portsEnv,
  queueAppParts,
  type WebhookConfig,
  webhookConfig,
  webhookEnv,
} from '@avito-autoreply/config';
import { AppError } from '@avito-autoreply/runtime';

const httpEnv = portsEnv.pick({ INGEST_PORT: true, LISTEN_HOST: true });

/** Refuses a webhook into which anybody could put messages. */
function requireGate(webhook: WebhookConfig): WebhookConfig {
  const { token, secrets, signatureMode } = webhook;
  if (token === undefined && secrets.length === 0) {
    throw new AppError(
      'the webhook has no gate: set AVITO_WEBHOOK_TOKEN (an unguessable last path segment, e.g. from `openssl rand -hex 24`), or AVITO_WEBHOOK_SECRET when you know the key that Avito signs with',
      { code: 'config.no-webhook-gate' },
    );
  }
  if (signatureMode === 'hmac' && secrets.length === 0) {
    throw new AppError('AVITO_SIGNATURE_MODE is hmac, but AVITO_WEBHOOK_SECRET is not set', {
      code: 'config.no-webhook-secret',
    });
  }
  if (token === undefined && signatureMode !== 'hmac') {
    throw new AppError(
      `AVITO_SIGNATURE_MODE=${signatureMode} checks no key, so AVITO_WEBHOOK_TOKEN must be set`,
      { code: 'config.no-webhook-gate' },
    );
  }
  return webhook;
}

/** What ingest needs; every problem of the environment is reported at once. */
export async function loadIngestConfig(environment: Environment) {
  const { http, ...config } = await collectConfig({
    ...queueAppParts(environment),
    http: () => loadConfig(httpEnv, environment),
    webhook: () => requireGate(webhookConfig(loadConfig(webhookEnv, environment))),
  });
  return { ...config, http: { port: http.INGEST_PORT, host: http.LISTEN_HOST } };
}

import type { WebhookConfig } from './avito.env.ts';

export type GateProblem = { code: 'config.no-webhook-gate' | 'config.no-webhook-secret'; message: string };

const inEnvironment = {
  token: 'AVITO_WEBHOOK_TOKEN',
  secret: 'AVITO_WEBHOOK_SECRET',
  mode: 'AVITO_SIGNATURE_MODE',
};

/** What is wrong with a webhook into which anybody could put messages; undefined for a gate that holds. */
export function gateProblem(
  { token, secrets, signatureMode }: WebhookConfig,
  names = inEnvironment,
): GateProblem | undefined {
  if (token === undefined && secrets.length === 0) {
    return {
      code: 'config.no-webhook-gate',
      message: `the webhook has no gate: set ${names.token} (an unguessable last path segment, e.g. from \`openssl rand -hex 24\`), or ${names.secret} when you know the key that Avito signs with`,
    };
  }
  if (signatureMode === 'hmac' && secrets.length === 0) {
    return {
      code: 'config.no-webhook-secret',
      message: `${names.mode} is hmac, but ${names.secret} is not set`,
    };
  }
  if (token === undefined && signatureMode !== 'hmac') {
    return {
      code: 'config.no-webhook-gate',
      message: `${names.mode}=${signatureMode} checks no key, so ${names.token} must be set`,
    };
  }
  return undefined;
}

import {
  type AvitoClient,
  createSubscriptions,
  type ProbeWebhook,
  withoutToken,
} from '@avito-autoreply/avito';
import type { Repositories } from '@avito-autoreply/database';
import { DelayJob, type JobContext } from '@avito-autoreply/queue';
import { AppError, type Clock, errorMessage, type Logger } from '@avito-autoreply/runtime';
import type { AddressOf } from './address-of.ts';
import { type Finding, webhookUnreachable } from './access-findings.ts';

type AutoRegisterDeps = {
  url: string;
  addressOf: AddressOf;
  webhooks: Pick<Repositories['webhooks'], 'saveRegistration'>;
  /** Default: the real one. */
  probe?: ProbeWebhook | undefined;
  clock: Clock;
  logger: Logger;
};

// Ingest may start after the worker, and a proxy after both.
const PROBE_AGAIN_MS = 5_000;
const PROBE_FOR_MS = 120_000;

/**
 * Registers our address, never in another system's place. While it does not answer the probe the job is put back, for
 * two minutes; then that is what there is to tell. Repeating it, from any replica, changes nothing.
 */
export function createAutoRegister({ url, addressOf, webhooks, probe, clock, logger }: AutoRegisterDeps) {
  return async (
    { accountId, avito }: { accountId: number; avito: AvitoClient },
    { enqueuedAt, signal }: JobContext,
  ): Promise<Finding | undefined> => {
    const { token, isNamedInPath } = addressOf(accountId);
    const subscriptions = createSubscriptions({
      avito,
      token,
      isNamedInPath,
      ...(probe === undefined ? {} : { probe }),
    });
    try {
      const registration = await subscriptions.register({ userId: accountId, url, replace: false, signal });
      const shown = withoutToken({ url: registration.url, token });
      await webhooks.saveRegistration({ accountId, url: shown });
      logger.info('webhook registered', { accountId, outcome: registration.outcome, url: shown });
      return undefined;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'webhook.unreachable') throw error;
      const now = clock.now();
      if (now - enqueuedAt < PROBE_FOR_MS) {
        throw new DelayJob({ untilMs: now + PROBE_AGAIN_MS, reason: 'ingest does not answer the probe yet' });
      }
      return webhookUnreachable({ url, reason: errorMessage(error) });
    }
  };
}

export type AutoRegister = ReturnType<typeof createAutoRegister>;

import { inspectAccess } from '@avito-autoreply/avito';
import type { Repositories } from '@avito-autoreply/database';
import { checkAccess, type Handler, type JobContext, type Queues } from '@avito-autoreply/queue';
import type { z } from 'zod';
import type { Alarm } from '../alarm.ts';
import type { Clients } from '../clients.ts';
import { accessAlertKinds, type Finding, findingsOf, isAboutWebhook } from './access-findings.ts';
import type { AddressOf } from './address-of.ts';
import type { AutoRegister } from './auto-register.ts';

type CheckAccessDeps = {
  clients: Clients;
  webhooks: Pick<Repositories['webhooks'], 'findRegistration'>;
  queues: Pick<Queues, 'enqueue'>;
  alarm: Alarm;
  /** Null: never look. */
  checkEveryMs: number | null;
  addressOf: AddressOf;
  /** Where ingest is reached; else what we registered last is what should be there. */
  publicUrl: string | undefined;
  /** Absent where people register the webhook. */
  autoRegister: AutoRegister | undefined;
};

// A schedule rings at a start as well, and whoever starts us may register the webhook when all of it is up: a look before
// that would raise an alert for nothing.
const SETTLE_IN_MS = 60_000;

// One look that fails is weather; three, minutes apart, are worth a word.
const FAILED_LOOKS_BEFORE_ALERT = 3;
// Whoever mends what is wrong wants to see the alert go, and not only tomorrow.
const LOOK_AGAIN_MS = 15 * 60_000;

/**
 * Looks whether an account's messages reach us and its answers may leave, and raises or clears its alerts. Without an
 * account the job rings for all of them. When Avito cannot be reached the job is repeated, which tells nothing new about
 * the account: only the third failure in a row is an alert.
 */
export function createCheckAccess({
  clients,
  webhooks,
  queues,
  alarm,
  checkEveryMs,
  addressOf,
  publicUrl,
  autoRegister,
}: CheckAccessDeps): Handler<z.output<typeof checkAccess.schema>> {
  const raiseAll = async (accountId: number, findings: readonly Finding[]): Promise<void> => {
    for (const finding of findings) await alarm.raise({ accountId, ...finding });
  };

  const look = async (accountId: number, context: JobContext): Promise<Finding[]> => {
    const avito = clients.clientOf(accountId);
    const expectedUrl = publicUrl ?? (await webhooks.findRegistration({ accountId }))?.url;
    const { attempt, signal } = context;
    const { token: webhookToken, isNamedInPath } = addressOf(accountId);
    const report = await inspectAccess({
      avito,
      userId: accountId,
      webhookToken,
      isNamedInPath,
      expectedUrl,
      signal,
    });
    const findings = findingsOf(report);
    if (report.failure !== undefined) {
      if (attempt >= FAILED_LOOKS_BEFORE_ALERT) await raiseAll(accountId, findings);
      throw report.failure;
    }
    // An old address of our own may give way, another system's never.
    const isFree = report.subscriptions?.every(({ owner }) => owner === 'ours') ?? false;
    if (autoRegister === undefined || !isFree || !findings.some(isAboutWebhook)) return findings;
    const inTheWay = await autoRegister({ accountId, avito }, context);
    return [...findings.filter((finding) => !isAboutWebhook(finding)), ...(inTheWay ? [inTheWay] : [])];
  };

  return async ({ accountId, round = 0 }, context) => {
    if (checkEveryMs === null) return;
    if (accountId === undefined) {
      for (const each of clients.accountIds) {
        await queues.enqueue(checkAccess, { accountId: each, round: 0 }, { delayMs: SETTLE_IN_MS });
      }
      return;
    }
    const findings = await look(accountId, context);
    await raiseAll(accountId, findings);
    const isOver = (kind: string) => !findings.some((finding) => finding.kind === kind);
    for (const kind of accessAlertKinds.filter(isOver)) await alarm.clear({ accountId, kind });
    // The rounds end where the next regular look begins.
    const isRoundLeft = (round + 2) * LOOK_AGAIN_MS <= checkEveryMs;
    if (findings.length === 0 || !isRoundLeft) return;
    await queues.enqueue(checkAccess, { accountId, round: round + 1 }, { delayMs: LOOK_AGAIN_MS });
  };
}

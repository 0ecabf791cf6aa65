import type { AccessConfig, AccountConfig } from '@avito-autoreply/config';
import type { Repositories } from '@avito-autoreply/database';
import { checkAccess, type Queues, sweep } from '@avito-autoreply/queue';
import type { Rag } from '@avito-autoreply/rag';
import type { Clock, Logger } from '@avito-autoreply/runtime';
import { createAddressOf } from './access/address-of.ts';
import { createAutoRegister } from './access/auto-register.ts';
import { createCheckAccess } from './access/check-access.ts';
import { createAlarm } from './alarm.ts';
import { createModelBudget } from './budget/model-budget.ts';
import type { Clients } from './clients.ts';
import { createComposeReply } from './compose/compose-reply.ts';
import { createItemContext } from './compose/item-context.ts';
import { createGiveUp } from './give-up.ts';
import type { SettingsOf } from './reply-settings.ts';
import { createSendReply } from './send/send-reply.ts';
import { createSweep } from './sweep/sweep.ts';
import { createReturnToAuto } from './take-in/return-to-auto.ts';
import { createSwitchedOnAt } from './take-in/switched-on-at.ts';
import { createTakeInEvent } from './take-in/take-in-event.ts';

type WorkDeps = {
  repositories: Repositories;
  rag: Pick<Rag, 'engine'>;
  queues: Queues;
  clients: Clients;
  settingsOf: SettingsOf;
  /** Of the model prices; undefined where there are none. */
  currency: string | undefined;
  /** Compositions at a time. */
  concurrency: number;
  access: AccessConfig;
  accounts: readonly AccountConfig[];
  /** After an unknown outcome: see docs/delivery.md. */
  settleMs: number;
  clock: Clock;
  logger: Logger;
};

const SWEEP_EVERY_MS = 30_000;
// At a start the webhook may be registered by whoever starts us: a look before that would raise an alert for nothing.
const FIRST_CHECK_MS = 15_000;
// Taking in is short work of the database; sends wait for Avito most of the time.
const TAKE_IN_CONCURRENCY = 10;
const SEND_CONCURRENCY = 10;
// A look at an Avito that hangs must not keep the sweep waiting.
const MAINTENANCE_CONCURRENCY = 4;

/** Wires the use cases to their jobs and starts working on all queues. */
export async function startWork({
  repositories,
  rag,
  queues,
  clients,
  settingsOf,
  currency,
  concurrency,
  access,
  accounts,
  settleMs,
  clock,
  logger,
}: WorkDeps): Promise<void> {
  const { alerts, chats, webhooks } = repositories;
  const { publicUrl } = access;
  const addressOf = createAddressOf(accounts);
  const alarm = createAlarm({ alerts, logger });
  const { accountIds, clientOf, isOurAccount } = clients;
  const itemContext = createItemContext({ chats, clientOf, clock, logger });
  const returnToAuto = createReturnToAuto({ chats, queues, settingsOf, logger });
  const switchedOnAt = createSwitchedOnAt(chats);
  for (const accountId of accountIds) {
    // Before any message is judged: what buyers wrote until now is not for us to answer.
    const { isEnabled, policy } = settingsOf(accountId);
    if (isEnabled && policy.replyMode !== 'off') await switchedOnAt(accountId);
  }
  await queues.startProcessors({
    handlers: {
      takeInEvent: createTakeInEvent({
        repositories,
        queues,
        isOurAccount,
        settingsOf,
        switchedOnAt,
        returnToAuto,
        clock,
        logger,
      }),
      composeReply: createComposeReply({
        repositories,
        engine: rag.engine,
        budget: createModelBudget({
          spend: repositories.spend,
          alarm,
          settingsOf,
          currency,
        }),
        itemContext,
        queues,
        settingsOf,
        clock,
        logger,
      }),
      sendReply: createSendReply({ repositories, clientOf, queues, settingsOf, settleMs, clock, logger }),
      sweep: createSweep({ repositories, queues, accountIds, returnToAuto, logger }),
      checkAccess: createCheckAccess({
        clients,
        webhooks,
        queues,
        alarm,
        checkEveryMs: access.checkEveryMs,
        addressOf,
        publicUrl,
        autoRegister:
          publicUrl !== undefined && access.isAutoRegister
            ? createAutoRegister({ url: publicUrl, addressOf, webhooks, clock, logger })
            : undefined,
      }),
    },
    concurrency: {
      'webhook-events': TAKE_IN_CONCURRENCY,
      replies: concurrency,
      sends: SEND_CONCURRENCY,
      maintenance: MAINTENANCE_CONCURRENCY,
    },
    onFailed: createGiveUp({ chats, logger }),
  });
  await queues.schedule(sweep, {}, { everyMs: SWEEP_EVERY_MS });
  if (access.checkEveryMs === null) return;
  await queues.schedule(checkAccess, {}, { everyMs: access.checkEveryMs });
  await queues.enqueue(checkAccess, {}, { delayMs: FIRST_CHECK_MS });
}

import type { AccessConfig, AccountConfig } from '@avito-autoreply/config';
import type { KnowledgeRepositories, Repositories } from '@avito-autoreply/database';
import {
  checkAccess,
  poll,
  type Processors,
  purge,
  type Queues,
  rebuildSpaces,
  refreshKnowledge,
  sweep,
} from '@avito-autoreply/queue';
import { defaultStaticTexts, type Rag } from '@avito-autoreply/rag';
import { type AppError, type Clock, type Logger, sleep } from '@avito-autoreply/runtime';
import { createAddressOf } from './access/address-of.ts';
import { createAutoRegister } from './access/auto-register.ts';
import { createCheckAccess } from './access/check-access.ts';
import { createAlarm } from './alarm.ts';
import { createModelBudget } from './budget/model-budget.ts';
import { createModelWatch } from './compose/model-watch.ts';
import type { Clients } from './clients.ts';
import { createComposeReply } from './compose/compose-reply.ts';
import { createItemContext } from './compose/item-context.ts';
import { createFailedJobs } from './failed-jobs.ts';
import { createReadMedia } from './compose/read-media.ts';
import { createHeldQueues } from './held-queues.ts';
import { createForgetErased } from './forget-erased.ts';
import { createGiveUp } from './give-up.ts';
import { createRebuildSpaces } from './knowledge/rebuild-spaces.ts';
import { createRefreshKnowledge } from './knowledge/refresh-knowledge.ts';
import { createSourceAlerts } from './knowledge/source-alerts.ts';
import { createPoll } from './poll/poll.ts';
import { createUnreadAlert } from './poll/unread-alert.ts';
import type { SettingsOf } from './reply-settings.ts';
import { createPurge } from './retention/purge.ts';
import { createSendReply } from './send/send-reply.ts';
import { createSweep, SWEEP_EVERY_MS } from './sweep/sweep.ts';
import { createReturnToAuto } from './take-in/return-to-auto.ts';
import { createSwitchedOnAt } from './take-in/switched-on-at.ts';
import { createTakeInEvent } from './take-in/take-in-event.ts';
import { workBound } from './take-in/work-bound.ts';
import type { WorkLimits } from './worker.config.ts';

type WorkDeps = {
  repositories: Repositories;
  knowledge: KnowledgeRepositories;
  rag: Pick<Rag, 'embedder' | 'engine' | 'embedderOf' | 'media'>;
  queues: Queues;
  clients: Clients;
  settingsOf: SettingsOf;
  /** Of the model prices; undefined where there are none. */
  currency: string | undefined;
  limits: WorkLimits;
  access: AccessConfig;
  accounts: readonly AccountConfig[];
  /** After an unknown outcome: see docs/delivery.md. */
  settleMs: number;
  /** Aborted when the process begins to shut down. */
  stopping: AbortSignal;
  /** Called once when this process is given no jobs any more: it has to be replaced. */
  onDeaf: (error: AppError) => void;
  clock: Clock;
  logger: Logger;
};

const REFRESH_EVERY_MS = 60_000;
const PURGE_EVERY_MS = 86_400_000;
// Taking in is short work of the database; sends wait for Avito most of the time.
const TAKE_IN_CONCURRENCY = 10;
const SEND_CONCURRENCY = 10;
// A poll may last minutes, the filling of a space an hour, and a look at an account of an Avito that hangs too: none must
// keep the sweep waiting.
const MAINTENANCE_CONCURRENCY_BESIDE_LOOKS = 5;

/** Wires the use cases to their jobs, starts working on all queues, and looks at once for what was left undone. */
export async function startWork({
  repositories,
  knowledge,
  rag,
  queues,
  clients,
  settingsOf,
  currency,
  limits,
  access,
  accounts,
  settleMs,
  stopping,
  onDeaf,
  clock,
  logger,
}: WorkDeps): Promise<Processors> {
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
  const budget = createModelBudget({ spend: repositories.spend, alarm, settingsOf, currency, clock });
  const forgetErased = createForgetErased({ chats, logger });
  const takeIn = createTakeInEvent({
    repositories,
    queues,
    isOurAccount,
    settingsOf,
    switchedOnAt,
    returnToAuto,
    bound: workBound({ maxChats: limits.maxChats, text: defaultStaticTexts.failure }),
    clock,
    logger,
  });
  const failedJobs = createFailedJobs({ alarm, alerts, queues, accountIds });
  const giveUp = createGiveUp({ chats, logger });
  const ringAgain = createSweep({ repositories, queues, accountIds, returnToAuto, logger });
  const processors = await queues.startProcessors({
    handlers: {
      takeInEvent: takeIn,
      composeReply: forgetErased(
        createComposeReply({
          repositories,
          engine: rag.engine,
          budget,
          watchModels: createModelWatch({ alarm }),
          itemContext,
          readMedia: createReadMedia({
            turns: repositories.turns,
            media: rag.media,
            clientOf,
            budget,
            logger,
          }),
          queues,
          settingsOf,
          clock,
          logger,
        }),
      ),
      sendReply: forgetErased(
        createSendReply({ repositories, clientOf, queues, settingsOf, settleMs, clock, logger }),
      ),
      purge: createPurge({ retention: repositories.retention, queues, accountIds, settingsOf, logger }),
      sweep: async (payload, context) => {
        await ringAgain(payload, context);
        await failedJobs.clearWhatIsOver();
        await budget.clearWhatIsOver({ accountIds });
      },
      poll: createPoll({
        repositories,
        clientOf,
        takeIn,
        queues,
        unreadAlert: createUnreadAlert({ alarm }),
        accountIds,
        isEnabled: limits.pollEveryMs > 0,
        stopping,
        clock,
        sleep,
        logger,
      }),
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
      refreshKnowledge: createRefreshKnowledge({
        knowledge,
        embedderOf: rag.embedderOf,
        clientOf,
        accountIds,
        sourceAlerts: createSourceAlerts({ alarm, alerts, sources: knowledge.sources, accountIds }),
        logger,
      }),
      rebuildSpaces: createRebuildSpaces({ knowledge, embedder: rag.embedder, accountIds, logger }),
    },
    concurrency: {
      'webhook-events': TAKE_IN_CONCURRENCY,
      replies: limits.compositions,
      sends: SEND_CONCURRENCY,
      // One source at a time: reading again must not crowd out answering.
      knowledge: 1,
      maintenance: accountIds.length + MAINTENANCE_CONCURRENCY_BESIDE_LOOKS,
    },
    onFailed: async (failed) => {
      await giveUp(failed);
      await failedJobs.raise(failed);
    },
    onDeaf,
    onHold: createHeldQueues({ alarm }),
  });
  await queues.schedule(sweep, {}, { everyMs: SWEEP_EVERY_MS });
  await queues.enqueue(sweep, {});
  if (limits.pollEveryMs > 0) {
    await queues.schedule(poll, {}, { everyMs: limits.pollEveryMs });
    await queues.enqueue(poll, {});
  }
  if (access.checkEveryMs !== null) {
    await queues.schedule(checkAccess, {}, { everyMs: access.checkEveryMs });
    await queues.enqueue(checkAccess, {});
  }
  await queues.schedule(purge, {}, { everyMs: PURGE_EVERY_MS });
  await queues.schedule(refreshKnowledge, {}, { everyMs: REFRESH_EVERY_MS });
  await queues.schedule(rebuildSpaces, {}, { everyMs: REFRESH_EVERY_MS });
  return processors;
}

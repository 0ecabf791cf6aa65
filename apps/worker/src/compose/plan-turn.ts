import type { ClaimedTurn, Message, Repositories } from '@avito-autoreply/database';
import type { Clock } from '@avito-autoreply/runtime';
import { z } from 'zod';
import type { SettingsOf } from '../reply-settings.ts';
import { decideTurn, type TurnDecision } from '../take-in/policy/turn-policy.ts';
import type { createItemContext, Listing } from './item-context.ts';

type PlanTurnDeps = {
  chats: Pick<Repositories['chats'], 'readTurnFacts'>;
  itemContext: ReturnType<typeof createItemContext>;
  settingsOf: SettingsOf;
  clock: Clock;
};

type Claimed = Extract<ClaimedTurn, { kind: 'claimed' }>;

const systemContent = z.object({ flow_id: z.string() });

const flowIdOf = ({ authorKind, content }: Message): string | null =>
  authorKind === 'avito' ? (systemContent.safeParse(content).data?.flow_id ?? null) : null;

/** How a turn is answered, and the listing that it is about. */
type TurnPlan = { decision: TurnDecision; listing: Listing };

/**
 * Asks the policy how a claimed turn is answered. Only the claimer can store a reply until the turn is claimed anew, so
 * what was counted here still holds when its reply is stored.
 */
export function createPlanTurn({ chats, itemContext, settingsOf, clock }: PlanTurnDeps) {
  return async ({ chat, messages }: Claimed, signal: AbortSignal): Promise<TurnPlan> => {
    const [listing, { replies, lastTexts, tail }] = await Promise.all([
      itemContext({ chat, signal }),
      chats.readTurnFacts(chat),
    ]);
    const { isEnabled, policy } = settingsOf(chat.accountId);
    const decision = decideTurn({
      autoReplyEnabled: isEnabled,
      chatReplyMode: chat.replyMode,
      policy,
      messages: messages.map((message) => ({
        reason: message.decisionReason,
        flowId: flowIdOf(message),
        createdAt: message.createdAt.getTime(),
      })),
      tail: tail.map(({ author, text, at }) => ({ author, text, at: at.getTime() })),
      replies,
      listingStatus: listing.status,
      lastTexts: {
        outsideHours: lastTexts.outsideHours?.getTime() ?? null,
        closedListing: lastTexts.closedListing?.getTime() ?? null,
      },
      now: clock.now(),
    });
    return { decision, listing };
  };
}

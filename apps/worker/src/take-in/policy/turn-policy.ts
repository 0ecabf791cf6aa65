import type { AnswerMode, PolicySettings } from '@avito-autoreply/config';
import type { DecisionReason } from '@avito-autoreply/database';
import { openState } from './business-hours.ts';
import { replyModeOf } from './inbound-policy.ts';
import { fastExchanges, repeatsInARow, type TailMessage } from './tail.ts';

/** What a turn's policy looks at, just before anything is composed. Times in milliseconds since the epoch. */
export type TurnFacts = {
  autoReplyEnabled: boolean;
  /** Null: the chat has none of its own. */
  chatReplyMode: AnswerMode | null;
  policy: PolicySettings;
  /** All that wait for an answer, oldest first; `reason`: why each is to be answered. */
  messages: readonly { reason: string; flowId: string | null; createdAt: number }[];
  /** What was last said in the chat, these messages included, oldest first. */
  tail: readonly TailMessage[];
  /** Our replies in the chat. */
  replies: { lastHour: number; lastDay: number };
  /** Avito's number for the state of the listing. */
  listingStatus: number | null;
  /** When the prepared texts last went to this chat. */
  lastTexts: { outsideHours: number | null; closedListing: number | null };
  now: number;
};

export type TurnDecision =
  /** The answer engine composes. `isDraft`: the owner lets it go. */
  | { kind: 'compose'; isDraft: boolean }
  /** A prepared text. `holds`: the question stays with the owner, for this reason. */
  | { kind: 'text'; text: string; reason: DecisionReason; holds: boolean; isDraft: boolean }
  | { kind: 'hold'; reason: DecisionReason }
  /** A person has the chat from now on; nothing is sent. */
  | { kind: 'hand-off'; reason: DecisionReason };

const DAY_MS = 86_400_000;

const hold = (reason: DecisionReason): TurnDecision => ({ kind: 'hold', reason });

/** How is the turn answered? The first rule that applies decides. */
export function decideTurn(facts: TurnFacts): TurnDecision {
  const { messages } = facts;
  if (!facts.autoReplyEnabled) return hold('auto-reply-disabled');
  const replyMode = replyModeOf(facts);
  const isDraft = replyMode === 'draft';
  // The owner's word goes above all that follows.
  if (messages.some(({ reason }) => reason === 'asked-by-owner')) return { kind: 'compose', isDraft };
  if (replyMode === 'off') return hold('reply-mode-off');
  return (
    loopStop(facts) ??
    (isDraft ? undefined : overCap(facts)) ??
    (messages.some(({ reason }) => reason !== 'outside-hours-text' && reason !== 'flow-text')
      ? undefined
      : preparedText(facts, isDraft)) ??
    (isDraft ? undefined : closedListing(facts)) ?? { kind: 'compose', isDraft }
  );
}

function loopStop({ policy, tail }: TurnFacts): TurnDecision | undefined {
  const { repeatBreakerCount, loopBreaker } = policy;
  if (loopBreaker.replies > 0 && fastExchanges(tail, loopBreaker) >= loopBreaker.replies) {
    return { kind: 'hand-off', reason: 'loop-breaker' };
  }
  return repeatBreakerCount > 0 && repeatsInARow(tail) >= repeatBreakerCount
    ? { kind: 'hand-off', reason: 'repeat-breaker' }
    : undefined;
}

function overCap({ policy: { maxRepliesPerChat }, replies }: TurnFacts): TurnDecision | undefined {
  const { perHour, perDay } = maxRepliesPerChat;
  if (perHour > 0 && replies.lastHour >= perHour) return hold('reply-cap-hour');
  return perDay > 0 && replies.lastDay >= perDay ? hold('reply-cap-day') : undefined;
}

/** For a turn in which nobody asks what the engine could answer now. */
function preparedText(
  { policy, messages, lastTexts }: TurnFacts,
  isDraft: boolean,
): TurnDecision | undefined {
  const late = messages.findLast(({ reason }) => reason === 'outside-hours-text');
  if (late !== undefined) {
    const { text } = policy.outsideHours;
    const state = openState({ hours: policy.businessHours, at: late.createdAt });
    // The hours were changed meanwhile.
    if (state.isOpen) return undefined;
    const isTold = lastTexts.outsideHours !== null && lastTexts.outsideHours >= state.closedSince;
    return isTold
      ? hold('outside-hours')
      : { kind: 'text', text, reason: 'outside-hours', holds: true, isDraft };
  }
  const flowId = messages.findLast((message) => message.flowId !== null)?.flowId ?? '';
  const text = Object.hasOwn(policy.flowTexts, flowId) ? policy.flowTexts[flowId] : undefined;
  return text === undefined
    ? hold('system-message')
    : { kind: 'text', text, reason: 'flow-text', holds: false, isDraft };
}

function closedListing({ policy, listingStatus, lastTexts, now }: TurnFacts): TurnDecision | undefined {
  const { instead, text, statusIds } = policy.closedListing;
  if (instead === 'answer' || listingStatus === null || !statusIds.includes(listingStatus)) return undefined;
  const isTold = lastTexts.closedListing !== null && now - lastTexts.closedListing < DAY_MS;
  return instead === 'hold' || isTold
    ? hold('closed-listing')
    : { kind: 'text', text, reason: 'closed-listing', holds: true, isDraft: false };
}

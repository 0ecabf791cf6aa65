import type { AnswerMode, PolicySettings } from '@avito-autoreply/config';
import type { DecisionReason } from '@avito-autoreply/database';
import { openState } from './business-hours.ts';

/** What the policy looks at: plain data, no I/O. Times in milliseconds since the epoch. */
export type InboundFacts = {
  author: 'buyer' | 'avito';
  /** Avito's message type: text, image, voice, system, deleted, … */
  type: string;
  /** The flow of Avito's chat-bot that wrote it. */
  flowId: string | null;
  /** `u2i` about a listing, `u2u` about none, `a2u` of Avito itself. */
  chatType: string | null;
  /** By Avito's clock, whole seconds. */
  createdAt: number;
  now: number;
  maxAgeMs: number;
  /** When the account was first switched on. */
  switchedOnAt: number;
  autoReplyEnabled: boolean;
  chatMode: 'auto' | 'human';
  /** Null: the chat has none of its own. */
  chatReplyMode: AnswerMode | null;
  policy: PolicySettings;
};

/**
 * `answer`: it becomes part of the chat's next turn. `hold`: nobody answers automatically, the owner sees it and the
 * reason. `ignore`: there is nothing to answer.
 */
export type InboundDecision = { decision: 'answer' | 'hold' | 'ignore'; reason: DecisionReason };

const hold = (reason: DecisionReason): InboundDecision => ({ decision: 'hold', reason });
const ignore = (reason: DecisionReason): InboundDecision => ({ decision: 'ignore', reason });
const answer = (reason: DecisionReason): InboundDecision => ({ decision: 'answer', reason });

/** The chat's own mode, else the account's. */
export const replyModeOf = ({
  chatReplyMode,
  policy,
}: Pick<InboundFacts, 'chatReplyMode' | 'policy'>): AnswerMode => chatReplyMode ?? policy.replyMode;

const SECOND_MS = 1_000;

/** Should we answer? The first rule that applies decides. What depends on the whole turn is decideTurn's. */
export function decideInbound(facts: InboundFacts): InboundDecision {
  const { policy, createdAt } = facts;
  const isAvitos = facts.author === 'avito' || facts.type === 'system';
  const hasFlowText = facts.flowId !== null && Object.hasOwn(policy.flowTexts, facts.flowId);
  if (isAvitos && !hasFlowText) return ignore('system-message');
  if (facts.chatType === 'a2u' && !isAvitos) return ignore('avito-chat');
  // A deleted message leaves an empty entry.
  if (facts.type === 'deleted') return ignore('nothing-written');
  if (facts.type === 'call' || facts.type === 'appCall') return hold('call');

  // Avito's clock knows only seconds, so a message of the same second counts as later.
  if (createdAt + SECOND_MS <= facts.switchedOnAt) return hold('before-switch-on');
  if (facts.now - createdAt > facts.maxAgeMs) return hold('too-old');
  if (!facts.autoReplyEnabled) return hold('auto-reply-disabled');
  const replyMode = replyModeOf(facts);
  if (replyMode === 'off') return hold('reply-mode-off');
  if (facts.chatMode === 'human') return hold('human-has-the-chat');

  if (isAvitos) return answer('flow-text');
  if (facts.chatType === 'u2u' && policy.profileChats === 'hold') return hold('profile-chat');
  // A draft leaves when the owner lets it, so it is written at any hour.
  const { instead } = policy.outsideHours;
  const isHourless = replyMode === 'draft' || instead === 'answer';
  if (!isHourless && !openState({ hours: policy.businessHours, at: createdAt }).isOpen) {
    return instead === 'text' ? answer('outside-hours-text') : hold('outside-hours');
  }
  return answer('buyer-message');
}

/** What the policy looks at: plain data, no I/O. Times in milliseconds since the epoch. */
export type InboundFacts = {
  author: 'buyer' | 'avito';
  /** Avito's message type: text, image, voice, system, deleted, … */
  type: string;
  /** By Avito's clock. */
  createdAt: number;
  now: number;
  maxAgeMs: number;
  autoReplyEnabled: boolean;
  chatMode: 'auto' | 'human';
};

/**
 * `answer`: it becomes part of the chat's next turn. `hold`: nobody answers automatically, the owner sees it and the
 * reason. `ignore`: there is nothing to answer.
 */
export type InboundDecision = { decision: 'answer' | 'hold' | 'ignore'; reason: string };

/** Should we answer? The first rule that applies decides. */
export function decideInbound(facts: InboundFacts): InboundDecision {
  if (facts.author === 'avito' || facts.type === 'system')
    return { decision: 'ignore', reason: 'system-message' };
  // A deleted message leaves an empty entry.
  if (facts.type === 'deleted') return { decision: 'ignore', reason: 'nothing-written' };
  if (facts.type === 'call' || facts.type === 'appCall') return { decision: 'hold', reason: 'call' };
  if (facts.now - facts.createdAt > facts.maxAgeMs) return { decision: 'hold', reason: 'too-old' };
  if (!facts.autoReplyEnabled) return { decision: 'hold', reason: 'auto-reply-disabled' };
  if (facts.chatMode === 'human') return { decision: 'hold', reason: 'human-has-the-chat' };
  return { decision: 'answer', reason: 'buyer-message' };
}

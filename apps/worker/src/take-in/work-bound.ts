import type { WorkBound } from '@avito-autoreply/database';

/** A message that finds too much work waiting for the model gets `text`, which promises a person, and its chat goes to one. */
export function workBound({ maxChats, text }: { maxChats: number; text: string }): WorkBound {
  return {
    maxChats,
    otherwise: {
      reply: { mode: 'static', action: 'handoff', reason: 'queue-full', text, sources: [], trace: {} },
      parts: [text],
    },
  };
}

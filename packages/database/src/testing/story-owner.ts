import { errorCode } from '@avito-autoreply/runtime';
import type { Repositories } from '../index.ts';
import { choose } from './story-sender.ts';
import type { OwnerDecision } from './story-steps.ts';
import type { TestChat } from './test-database.ts';

/** The owner of a story: lets drafts go, has questions answered after all, takes the chat and gives it back. */
export function createStoryOwner({
  repositories: { chats, decisions },
  chat,
  written,
  onRelease,
  onRing,
}: {
  repositories: Repositories;
  chat: TestChat;
  written: readonly { messageId: string }[];
  onRelease: (replyId: string) => void;
  /** A turn is to be composed. */
  onRing: (turn: number) => void;
}) {
  const { accountId } = chat;

  async function decide(index: number, decision: OwnerDecision): Promise<void> {
    const draft = choose(await decisions.listDrafts({ accountId, limit: 100, offset: 0 }), index);
    const key = { accountId, replyId: draft?.replyId ?? '' };
    const message = choose(written, index);
    switch (decision) {
      case 'answer': {
        if (!message) return;
        const asked = await decisions.answerAfterAll({ accountId, messageId: message.messageId });
        if (asked.outcome === 'asked') onRing(asked.turn);
        return;
      }
      case 'dismiss':
        if (message) await decisions.dismissMessage({ accountId, messageId: message.messageId });
        return;
      case 'release':
        if (!draft) return;
        await decisions.releaseDraft({ ...key, splitIntoParts: (text) => [text] });
        onRelease(draft.replyId);
        return;
      case 'discard':
        if (draft) await decisions.discardDraft(key);
        return;
      case 'pause':
        await chats.pauseChat(chat);
        return;
      case 'return-to-auto': {
        const { turn } = await chats.returnToAuto({ ...chat, afterMs: 0, maxAgeMs: 1e12 });
        if (turn !== undefined) onRing(turn);
      }
    }
  }

  return {
    /** What somebody else has decided meanwhile is refused, with the reason. */
    decide: async (index: number, decision: OwnerDecision): Promise<void> => {
      try {
        await decide(index, decision);
      } catch (error) {
        if (!/^(reply|message)\./.test(errorCode(error))) throw error;
      }
    },
  };
}

import type { Pool } from 'pg';
import { createRunQuery, withTransaction } from '../with-transaction.ts';
import { discardDraft, listDrafts, type ReleaseDraft, releaseDraft } from './drafts.ts';
import { answerAfterAll, dismissMessage, listUnanswered } from './unanswered.ts';

type Page = { accountId: number; limit: number; offset: number };

/** What waits for the owner's decision: drafts, and messages that were not answered. Every step is safe to run twice. */
export function createDecisionsRepository(pool: Pool) {
  const run = createRunQuery(pool);
  return {
    listDrafts: (page: Page) => listDrafts(run, page),
    releaseDraft: (input: ReleaseDraft) => withTransaction(pool, (tx) => releaseDraft(tx, input)),
    discardDraft: (input: { accountId: number; replyId: string }) =>
      withTransaction(pool, (tx) => discardDraft(tx, input)),
    listUnanswered: (page: Page & { chatId?: string | undefined }) => listUnanswered(run, page),
    answerAfterAll: (input: { accountId: number; messageId: string }) =>
      withTransaction(pool, (tx) => answerAfterAll(tx, input)),
    dismissMessage: (input: { accountId: number; messageId: string }) =>
      withTransaction(pool, (tx) => dismissMessage(tx, input)),
  };
}

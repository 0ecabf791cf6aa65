import type { Pool } from 'pg';
import type { ChatKey } from '../model.ts';
import { createRunQuery, withTransaction } from '../with-transaction.ts';
import { claimTurn, keepTurn } from './claim-turn.ts';
import { handOffTurn } from './hand-off-turn.ts';
import { type HoldTurn, holdTurn } from './hold-turn.ts';
import { reopenTurn } from './reopen-turn.ts';
import { storeReply, type StoreReplyInput } from './store-reply.ts';
import { storeTranscript } from './store-transcript.ts';
import { type NewMessage, takeInMessage } from './take-in-message.ts';

/** The life of a turn, each step in one transaction under the chat's lock. Every step is safe to run twice. */
export function createTurnsRepository(pool: Pool) {
  return {
    takeInMessage: (message: NewMessage) => withTransaction(pool, (run) => takeInMessage(run, message)),
    claimTurn: (input: ChatKey & { turn: number }) => withTransaction(pool, (run) => claimTurn(run, input)),
    keepTurn: (input: ChatKey & { turn: number }) => keepTurn(createRunQuery(pool), input),
    storeReply: (input: StoreReplyInput) => withTransaction(pool, (run) => storeReply(run, input)),
    storeTranscript: (input: ChatKey & { messageId: string; transcript: string }) =>
      withTransaction(pool, (run) => storeTranscript(run, input)),
    holdTurn: (input: HoldTurn) => withTransaction(pool, (run) => holdTurn(run, input)),
    handOffTurn: (input: ChatKey & { turn: number; reason: string }) =>
      withTransaction(pool, (run) => handOffTurn(run, input)),
    reopenTurn: (input: ChatKey & { olderThanMs: number }) =>
      withTransaction(pool, (run) => reopenTurn(run, input)),
  };
}

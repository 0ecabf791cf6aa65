// Connections and transactions
export type { Pool } from 'pg';
export { createPool } from './create-pool.ts';
export { createRunQuery, type RunQuery } from './with-transaction.ts';

// Schema
export { migrate } from './migrate.ts';
export { assertMigrated, inspectDatabase, pendingMigrations } from './pending-migrations.ts';

// Chats, turns, sends
export type * from './model.ts';
export type { SettingsVersion } from './answering/answer-settings.repository.ts';
export type { ApprovedPair } from './answering/approved-answers.repository.ts';
export type { Gap } from './answering/gaps.repository.ts';
export type { Alert, AlertKey, NewAlert } from './operations/alerts.repository.ts';
export { type DecisionReason, reasonText } from './chats/reasons.ts';
export type { UnrecognizedEvent } from './operations/events.repository.ts';
export type { AccountFigures, Latency } from './operations/figures.repository.ts';
export type { OverdueReply, OverdueTurn } from './operations/sweep.repository.ts';
export type { PollLease, UnreadChat } from './polls/polls.repository.ts';
export type { StoredTurn } from './replay/replay.repository.ts';
export { createRepositories, type Repositories } from './repositories.ts';
export type { BegunLook } from './sends/begin-look.ts';
export { createErase, type Erase, type Erasure } from './privacy/erase.ts';
export type { Copy } from './sends/copies.ts';
export type { HistoryMessage } from './sends/end-look.ts';
export type { Wait } from './sends/find-parts.ts';
export type { SendOutcome } from './sends/mark-outcome.ts';
export type { SentMessage } from './sends/mark-sent.ts';
export type { ClaimedTurn } from './turns/claim-turn.ts';
export type { NewReply, StoredReply } from './turns/store-reply.ts';
export type { NewMessage, TakenIn, WorkBound } from './turns/take-in-message.ts';

// What all processes know alike about Avito
export { type AvitoStores, createAvitoStores } from './avito/avito-stores.ts';

// Knowledge bases
export type { SpaceRebuild } from './knowledge/rebuilds.repository.ts';
export type { KnowledgeSource } from './knowledge/sources.repository.ts';
export {
  createKnowledgeRepositories,
  type KnowledgeRepositories,
} from './knowledge/knowledge-repositories.ts';

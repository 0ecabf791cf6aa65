import type { Pool } from 'pg';
import { createAnswerSettingsRepository } from './answering/answer-settings.repository.ts';
import { createApprovedAnswersRepository } from './answering/approved-answers.repository.ts';
import { createGapsRepository } from './answering/gaps.repository.ts';
import { createRepliesRepository } from './answering/replies.repository.ts';
import { createChatsRepository } from './chats/chats.repository.ts';
import { createAlertsRepository } from './operations/alerts.repository.ts';
import { createDecisionsRepository } from './chats/decisions.repository.ts';
import { createEventsRepository } from './operations/events.repository.ts';
import { createFiguresRepository } from './operations/figures.repository.ts';
import { createSpendRepository } from './operations/spend.repository.ts';
import { createSweepRepository } from './operations/sweep.repository.ts';
import { createWebhooksRepository } from './operations/webhooks.repository.ts';
import { createPollsRepository } from './polls/polls.repository.ts';
import { createErasuresRepository } from './privacy/erasures.repository.ts';
import { createRetentionRepository } from './privacy/retention.repository.ts';
import { createReplayRepository } from './replay/replay.repository.ts';
import { createSendsRepository } from './sends/sends.repository.ts';
import { createTurnsRepository } from './turns/turns.repository.ts';

/** All repositories over one pool. Building them opens no connection. */
export function createRepositories(pool: Pool) {
  return {
    chats: createChatsRepository(pool),
    turns: createTurnsRepository(pool),
    sends: createSendsRepository(pool),
    decisions: createDecisionsRepository(pool),
    sweep: createSweepRepository(pool),
    polls: createPollsRepository(pool),
    events: createEventsRepository(pool),
    figures: createFiguresRepository(pool),
    alerts: createAlertsRepository(pool),
    spend: createSpendRepository(pool),
    webhooks: createWebhooksRepository(pool),
    answerSettings: createAnswerSettingsRepository(pool),
    approvedAnswers: createApprovedAnswersRepository(pool),
    replies: createRepliesRepository(pool),
    gaps: createGapsRepository(pool),
    retention: createRetentionRepository(pool),
    erasures: createErasuresRepository(pool),
    replay: createReplayRepository(pool),
  };
}

export type Repositories = ReturnType<typeof createRepositories>;

import type { Pool } from 'pg';
import { createAnswerThresholdsRepository } from './answer-thresholds.repository.ts';
import { createChatItemsRepository } from './chat-items.repository.ts';
import { createChunksRepository } from './chunks.repository.ts';
import { createDocumentsRepository } from './documents.repository.ts';
import { createRebuildsRepository } from './rebuilds.repository.ts';
import { createRetrievalSettingsRepository } from './retrieval-settings.repository.ts';
import { createSourcesRepository } from './sources.repository.ts';
import { createSpacesRepository } from './spaces.repository.ts';

/** The store of knowledge bases. Building it opens no connection. */
export function createKnowledgeRepositories(pool: Pool) {
  return {
    documents: createDocumentsRepository(pool),
    answerThresholds: createAnswerThresholdsRepository(pool),
    chatItems: createChatItemsRepository(pool),
    chunks: createChunksRepository(pool),
    rebuilds: createRebuildsRepository(pool),
    retrievalSettings: createRetrievalSettingsRepository(pool),
    sources: createSourcesRepository(pool),
    spaces: createSpacesRepository(pool),
  };
}

export type KnowledgeRepositories = ReturnType<typeof createKnowledgeRepositories>;

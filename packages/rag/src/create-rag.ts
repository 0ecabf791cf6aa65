import type { Logger } from '@avito-autoreply/runtime';
import { createOpenAiChatModel } from './adapters/openai/openai-chat-model.ts';
import { createOpenAiEmbedder } from './adapters/openai/openai-embedder.ts';
import { createPostgresChunkSearch } from './adapters/postgres/chunk-search.ts';
import { type AnswerEngine, createAnswerEngine } from './answering/answer-engine.ts';
import type { StaticTexts } from './answering/static-texts.ts';
import type { ChunkSearch, Embedder } from './ports.ts';
import type { FusionWeights } from './retrieval/fusion.ts';
import { createRetriever, type Retriever } from './retrieval/retriever.ts';

/** An OpenAI-compatible endpoint; each of its two models may be missing. */
export type ModelOptions = {
  apiKey: string;
  baseUrl: string;
  chatModel: string | undefined;
  embeddingModel: string | undefined;
  /** Undefined: the model's own. */
  embeddingDimensions: number | undefined;
};

export type Rag = {
  search: ChunkSearch;
  /** Undefined without an embedding model: then the base is searched by words only. */
  embedder: Embedder | undefined;
  retriever: Retriever;
  engine: AnswerEngine;
};

type RagOptions = {
  pool: Parameters<typeof createPostgresChunkSearch>[0];
  /** Undefined: answers are quotations, and search is lexical. */
  model: ModelOptions | undefined;
  texts?: Partial<StaticTexts> | undefined;
  /** Of search by meaning against search by words. */
  weights?: FusionWeights | undefined;
  logger: Logger;
};

/** The usual wiring: search on Postgres, and the models that are configured. Opens no connection. */
export function createRag({ pool, model, texts, weights, logger }: RagOptions): Rag {
  const search = createPostgresChunkSearch(pool);
  const embedder =
    model?.embeddingModel === undefined
      ? undefined
      : createOpenAiEmbedder({
          ...model,
          model: model.embeddingModel,
          dimensions: model.embeddingDimensions,
        });
  const chatModel =
    model?.chatModel === undefined ? undefined : createOpenAiChatModel({ ...model, model: model.chatModel });
  const retriever = createRetriever({ search, embedder, weights, logger });
  return {
    search,
    embedder,
    retriever,
    engine: createAnswerEngine({ retriever, search, chatModel, texts, logger }),
  };
}

import type { Logger } from '@avito-autoreply/runtime';
import { createActiveSpace } from './adapters/postgres/active-space.ts';
import { createPostgresChunkSearch } from './adapters/postgres/chunk-search.ts';
import { createHttpReranker, type RerankEndpoint } from './adapters/rerank/http-reranker.ts';
import { type AnswerEngine, createAnswerEngine } from './answering/answer-engine.ts';
import type { SettingsOf } from './answering/answer-settings.ts';
import type { ThresholdsOf } from './answering/answer-thresholds.ts';
import type { ApprovedAnswers } from './answering/approved-answers.ts';
import type { StaticTexts } from './answering/static-texts.ts';
import type { ModelPrices } from './cost/model-prices.ts';
import { type CreateEmbedder, createEmbedderOf } from './adapters/openai/embedder-of.ts';
import type * as openAiModels from './adapters/openai/models.ts';
import { createMediaReader, type MediaReader } from './media/media-reader.ts';
import { type CallBound, createCallBound } from './models/call-bound.ts';
import { guardChatModel, guardEmbedder, guardMediaModel, guardReranker } from './models/guard-model.ts';
import type { ChatModel, ChunkSearch, Embedder, EmbedderOf } from './ports.ts';
import type { FusionWeights, WeightsOf } from './retrieval/fusion.ts';
import { createFetchPage } from './sources/web/fetch-page.ts';
import { isPublicAddress } from './sources/web/address-filter.ts';
import { createRetriever, type Retriever } from './retrieval/retriever.ts';

/** An OpenAI-compatible endpoint; each of its two models may be missing. */
export type ModelOptions = {
  apiKey: string;
  baseUrl: string;
  chatModel: string | undefined;
  embeddingModel: string | undefined;
  /** Undefined: the model's own. */
  embeddingDimensions: number | undefined;
  /** Say what is said in voice messages, and what is to be seen on images. */
  transcriptionModel?: string | undefined;
  visionModel?: string | undefined;
  /** Asked when the first chat model fails, or says what may not be sent; may be at another server. */
  secondChatModel?: { apiKey: string; baseUrl: string; model: string } | undefined;
  /** Milliseconds for one request. */
  timeoutMs?: number | undefined;
};

export type Rag = {
  search: ChunkSearch;
  /** As configured; undefined without an embedding model: then the base is searched by words only. */
  embedder: Embedder | undefined;
  /** Of the space that serves the account, which may have been made with another model than the configured one. */
  embedderOf: EmbedderOf;
  retriever: Retriever;
  engine: AnswerEngine;
  media: MediaReader;
};

type RagOptions = {
  pool: Parameters<typeof createPostgresChunkSearch>[0];
  /** Undefined: answers are quotations, and search is lexical. */
  model: ModelOptions | undefined;
  texts?: Partial<StaticTexts> | undefined;
  /** Of search by meaning against search by words. */
  weights?: FusionWeights | undefined;
  /** The same as it is stored for each account. */
  weightsOf?: WeightsOf | undefined;
  /** Puts what was found in a better order; may be at another server than the model. */
  rerank?: RerankEndpoint | undefined;
  /** Calls of chat models at a time; more wait for their turn. Default: no bound. */
  chatCallsAtATime?: number | undefined;
  approved?: ApprovedAnswers | undefined;
  settingsOf?: SettingsOf | undefined;
  thresholdsOf?: ThresholdsOf | undefined;
  prices?: ModelPrices | undefined;
  /** Files of buyers come from the public internet only, or from the address in this URL: a stand-in for Avito. */
  trustedUrl?: string | undefined;
  logger: Logger;
};

/** The usual wiring: search on Postgres, and the models that are configured. Opens no connection. */
export async function createRag({
  pool,
  model,
  weights,
  weightsOf,
  rerank,
  chatCallsAtATime,
  trustedUrl,
  logger,
  ...answering
}: RagOptions): Promise<Rag> {
  const openAi = model && (await import('./adapters/openai/models.ts'));
  const search = createPostgresChunkSearch(pool);
  const trustedHost = trustedUrl && new URL(trustedUrl).hostname.replace(/^\[|\]$/g, '');
  const createEmbedder: CreateEmbedder | undefined =
    openAi && model && ((recipe) => openAi.createOpenAiEmbedder({ ...model, ...recipe }));
  const embedder =
    model?.embeddingModel === undefined
      ? undefined
      : createEmbedder?.({ model: model.embeddingModel, dimensions: model.embeddingDimensions });
  const spaces = { configured: embedder, createEmbedder, activeSpace: createActiveSpace(pool) };
  // A buyer does not wait for a model that is down; a sync does.
  const guarded = createEmbedderOf({ ...spaces, wrap: (each) => guardEmbedder(each, { logger }) });
  const reranker = rerank && guardReranker(createHttpReranker(rerank), { logger });
  const retriever = createRetriever({ search, embedder: guarded, weights, weightsOf, reranker, logger });
  return {
    search,
    embedder,
    embedderOf: createEmbedderOf(spaces),
    retriever,
    media: createMediaReader({
      models: openAi && model ? mediaModelsOf(openAi, { model, logger }) : NO_MEDIA_MODELS,
      fetchFile: createFetchPage({
        limits: MEDIA_LIMITS,
        isAllowed: (address) => isPublicAddress(address) || address === trustedHost,
      }),
      prices: answering.prices,
      logger,
    }),
    engine: createAnswerEngine({
      retriever,
      search,
      chatModels:
        openAi && model
          ? chatModelsOf(openAi, {
              model,
              bound: chatCallsAtATime === undefined ? undefined : createCallBound(chatCallsAtATime),
              logger,
            })
          : [],
      logger,
      ...answering,
    }),
  };
}

// Avito takes images of at most 24 MB, and OpenAI's endpoint files of 25. The buyer waits meanwhile.
const MEDIA_LIMITS = { maxBytes: 24 * 1024 * 1024, timeoutMs: 15_000, maxRedirects: 3 };

const NO_MEDIA_MODELS = { voice: undefined, image: undefined };

type OpenAiModels = typeof openAiModels;
type Configured = { model: ModelOptions; logger: Logger };

function mediaModelsOf(
  { createOpenAiTranscriber, createOpenAiImageDescriber }: OpenAiModels,
  { model, logger }: Configured,
) {
  const { transcriptionModel, visionModel } = model;
  const voice =
    transcriptionModel === undefined
      ? undefined
      : createOpenAiTranscriber({ ...model, model: transcriptionModel });
  const image =
    visionModel === undefined ? undefined : createOpenAiImageDescriber({ ...model, model: visionModel });
  return {
    voice: voice && guardMediaModel(voice, { logger }),
    image: image && guardMediaModel(image, { logger }),
  };
}

function chatModelsOf(
  { createOpenAiChatModel }: OpenAiModels,
  { model, bound, logger }: Configured & { bound: CallBound | undefined },
): ChatModel[] {
  const { chatModel, secondChatModel, timeoutMs } = model;
  return [
    ...(chatModel === undefined ? [] : [{ ...model, model: chatModel }]),
    ...(secondChatModel === undefined ? [] : [{ ...secondChatModel, timeoutMs }]),
  ].map((endpoint) => guardChatModel(createOpenAiChatModel(endpoint), { bound, logger }));
}

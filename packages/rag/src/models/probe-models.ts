import { AppError, errorCode } from '@avito-autoreply/runtime';
import { createHttpReranker, type RerankEndpoint } from '../adapters/rerank/http-reranker.ts';
import { answerByModel } from '../answering/model-answer.ts';
import type { ModelOptions } from '../create-rag.ts';
import type { Passage } from '../retrieval/merge-neighbours.ts';

/** What a configured model made of a small question of ours; `failure`: the code of its error, undefined where it works. */
export type ProbedModel = {
  role: 'chat' | 'second chat' | 'embedding';
  model: string;
  baseUrl: string;
  failure: string | undefined;
};

const QUESTION = 'До скольки открыт магазин?';
const PASSAGE: Passage = {
  chunkIds: [1],
  sourceKey: 'probe',
  title: 'Часы работы',
  heading: 'Часы работы',
  question: null,
  content: 'Магазин открыт с 9:00 до 18:00.',
};

/**
 * Asks each chat model one question as a buyer's is asked, and the embedding model for one vector: a server may list a
 * model that it cannot run, and run one that it does not list. Costs some hundred tokens; stores and sends nothing.
 */
export async function probeModels(
  model: ModelOptions,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<ProbedModel[]> {
  const { createOpenAiChatModel, createOpenAiEmbedder } = await import('../adapters/openai/models.ts');
  const { chatModel, secondChatModel, embeddingModel, embeddingDimensions, timeoutMs, baseUrl } = model;

  const chat = async (
    role: ProbedModel['role'],
    endpoint: { apiKey: string; baseUrl: string; model: string },
  ) => {
    const outcome = await answerByModel({
      chatModel: createOpenAiChatModel({ ...endpoint, timeoutMs }),
      question: QUESTION,
      passages: [PASSAGE],
      history: [],
      item: undefined,
      settings: {},
      signal,
    });
    const failure = outcome.kind === 'failed' ? outcome.code : undefined;
    return { role, model: endpoint.model, baseUrl: endpoint.baseUrl, failure };
  };

  const embedding = async (name: string): Promise<ProbedModel> => {
    const probed = { role: 'embedding' as const, model: name, baseUrl };
    const embedder = createOpenAiEmbedder({ ...model, model: name, dimensions: embeddingDimensions });
    try {
      await embedder.embed({ texts: [QUESTION], kind: 'query', signal });
      return { ...probed, failure: undefined };
    } catch (error) {
      if (signal?.aborted || !(error instanceof AppError)) throw error;
      return { ...probed, failure: errorCode(error) };
    }
  };

  return Promise.all([
    ...(chatModel === undefined ? [] : [chat('chat', { ...model, model: chatModel })]),
    ...(secondChatModel === undefined ? [] : [chat('second chat', secondChatModel)]),
    ...(embeddingModel === undefined ? [] : [embedding(embeddingModel)]),
  ]);
}

/** Puts two texts in order; the code of the error where that does not work. Stores and sends nothing. */
export async function probeReranker(
  endpoint: RerankEndpoint,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<string | undefined> {
  try {
    const documents = [PASSAGE.content, 'Принимаем наличные и карты.'];
    const reranker = createHttpReranker(endpoint);
    const { ranked } = await reranker.rerank({ question: QUESTION, documents, limit: 2, signal });
    // An order of nothing is none.
    return ranked.length === 0 ? 'model.bad-answer' : undefined;
  } catch (error) {
    if (signal?.aborted || !(error instanceof AppError)) throw error;
    return errorCode(error);
  }
}

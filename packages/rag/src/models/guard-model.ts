import { type Clock, type Logger } from '@avito-autoreply/runtime';
import type { ChatModel, Embedder, MediaModel, Reranker } from '../ports.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';

type GuardOptions = { logger: Logger; clock?: Clock | undefined };

/** The same model behind a circuit breaker of its own. */
export function guardChatModel(chatModel: ChatModel, { logger, clock }: GuardOptions): ChatModel {
  const breaker = createCircuitBreaker({ name: `chat model ${chatModel.model}`, clock });
  return {
    ...chatModel,
    complete: (input) =>
      guarded({ breaker, logger, model: chatModel.model }, () => chatModel.complete(input)),
  };
}

/** The same embedder behind a circuit breaker of its own; only for questions: a sync of the base has its own retries. */
export function guardEmbedder(embedder: Embedder, { logger, clock }: GuardOptions): Embedder {
  const breaker = createCircuitBreaker({ name: `embedding model ${embedder.model}`, clock });
  return {
    ...embedder,
    embed: (input) =>
      input.kind === 'query'
        ? guarded({ breaker, logger, model: embedder.model }, () => embedder.embed(input))
        : embedder.embed(input),
  };
}

/** The same model behind a circuit breaker of its own. */
export function guardMediaModel(model: MediaModel, { logger, clock }: GuardOptions): MediaModel {
  const breaker = createCircuitBreaker({ name: `media model ${model.model}`, clock });
  return {
    ...model,
    read: (input) => guarded({ breaker, logger, model: model.model }, () => model.read(input)),
  };
}

/** The same reranker behind a circuit breaker of its own. */
export function guardReranker(reranker: Reranker, { logger, clock }: GuardOptions): Reranker {
  const breaker = createCircuitBreaker({ name: `reranker ${reranker.model}`, clock });
  return {
    ...reranker,
    rerank: (input) => guarded({ breaker, logger, model: reranker.model }, () => reranker.rerank(input)),
  };
}

async function guarded<T>(
  {
    breaker,
    logger,
    model,
  }: { breaker: ReturnType<typeof createCircuitBreaker>; logger: Logger; model: string },
  call: () => Promise<T>,
): Promise<T> {
  const wasOpen = breaker.isOpen();
  try {
    return await breaker.run(call);
  } catch (error) {
    if (!wasOpen && breaker.isOpen()) logger.error('the model is left alone for a while', { model, error });
    throw error;
  }
}

import { type Clock, type Logger } from '@avito-autoreply/runtime';
import type { ChatModel, Embedder, MediaModel, Reranker } from '../ports.ts';
import type { CallBound } from './call-bound.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';

type GuardOptions = { logger: Logger; clock?: Clock | undefined };

/** The same model behind a circuit breaker of its own; calls wait for their turn where there is a bound. */
export function guardChatModel(
  chatModel: ChatModel,
  { bound, logger, clock }: GuardOptions & { bound?: CallBound | undefined },
): ChatModel {
  const breaker = createCircuitBreaker({ name: `chat model ${chatModel.model}`, clock });
  const complete: ChatModel['complete'] = (input) =>
    guarded({ breaker, logger, model: chatModel.model }, () => chatModel.complete(input));
  return {
    ...chatModel,
    // A call that waits is no failure of the model's, nor does it ask one that has been left alone meanwhile.
    complete: bound === undefined ? complete : (input) => bound(() => complete(input), input),
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

import { AppError } from '@avito-autoreply/runtime';
import type { Embedder, EmbedderOf } from '../../ports.ts';
import type { OpenAiEndpoint } from './openai-client.ts';
import type { createOpenAiEmbedder } from './openai-embedder.ts';

// `model|dimensions|prefix rule`, as the embedder writes it.
const RECIPE = /^(.+)\|(native|\d+)\|\w+$/;

/**
 * The embedder of the space that serves: a question is only comparable with vectors of its own model. Where none serves
 * yet, the configured one. Throws `knowledge.unknown-space` for a space that this release cannot ask.
 */
export function createEmbedderOf({
  configured,
  endpoint,
  createEmbedder,
  activeSpace,
  wrap = (embedder) => embedder,
}: {
  configured: Embedder | undefined;
  endpoint: OpenAiEndpoint | undefined;
  createEmbedder: typeof createOpenAiEmbedder | undefined;
  activeSpace: (query: { accountId: number }) => Promise<string | undefined>;
  /** Put around each embedder, once. */
  wrap?: ((embedder: Embedder) => Embedder) | undefined;
}): EmbedderOf {
  if (configured === undefined || endpoint === undefined || createEmbedder === undefined)
    return async () => undefined;
  const made = new Map([[configured.spaceKey, wrap(configured)]]);
  return async (query) => {
    const key = (await activeSpace(query)) ?? configured.spaceKey;
    const embedder = made.get(key) ?? wrap(embedderFor(key, { endpoint, createEmbedder }));
    made.set(key, embedder);
    return embedder;
  };
}

function embedderFor(
  key: string,
  { endpoint, createEmbedder }: { endpoint: OpenAiEndpoint; createEmbedder: typeof createOpenAiEmbedder },
): Embedder {
  const [, model, dimensions] = RECIPE.exec(key) ?? [];
  const embedder =
    model === undefined
      ? undefined
      : createEmbedder({
          ...endpoint,
          model,
          dimensions: dimensions === 'native' ? undefined : Number(dimensions),
        });
  if (embedder?.spaceKey === key) return embedder;
  throw new AppError(
    `the embedding space ${key} was made in a way that is not known here: \`autoreply kb reembed\``,
    {
      code: 'knowledge.unknown-space',
    },
  );
}

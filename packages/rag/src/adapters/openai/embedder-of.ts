import { AppError } from '@avito-autoreply/runtime';
import type { Embedder, EmbedderOf } from '../../ports.ts';

/** An embedder of the configured server; without dimensions as many as the model gives. */
export type CreateEmbedder = (recipe: { model: string; dimensions: number | undefined }) => Embedder;

// `model|dimensions|prefix rule`, as the embedder writes it.
const RECIPE = /^(.+)\|(native|\d+)\|\w+$/;

/**
 * The embedder of the space that serves: a question is only comparable with vectors of its own model. Where none serves
 * yet, the configured one. Throws `knowledge.unknown-space` for a space that this release cannot ask.
 */
export function createEmbedderOf({
  configured,
  createEmbedder,
  activeSpace,
  wrap = (embedder) => embedder,
}: {
  configured: Embedder | undefined;
  createEmbedder: CreateEmbedder | undefined;
  activeSpace: (query: { accountId: number }) => Promise<string | undefined>;
  /** Put around each embedder, once. */
  wrap?: ((embedder: Embedder) => Embedder) | undefined;
}): EmbedderOf {
  if (configured === undefined || createEmbedder === undefined) return async () => undefined;
  const made = new Map([[configured.spaceKey, wrap(configured)]]);
  return async (query) => {
    const key = (await activeSpace(query)) ?? configured.spaceKey;
    const embedder = made.get(key) ?? wrap(embedderFor(key, createEmbedder));
    made.set(key, embedder);
    return embedder;
  };
}

function embedderFor(key: string, createEmbedder: CreateEmbedder): Embedder {
  const [, model, dimensions] = RECIPE.exec(key) ?? [];
  const embedder =
    model === undefined
      ? undefined
      : createEmbedder({ model, dimensions: dimensions === 'native' ? undefined : Number(dimensions) });
  if (embedder?.spaceKey === key) return embedder;
  throw new AppError(
    `the embedding space ${key} was made in a way that is not known here: \`autoreply kb reembed\``,
    {
      code: 'knowledge.unknown-space',
    },
  );
}

import type { Answer } from '@avito-autoreply/rag';
import { z } from 'zod';

const source = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('knowledge'),
    document_id: z.string(),
    title: z.string(),
    heading: z.string(),
  }),
  z.strictObject({ kind: z.literal('item'), title: z.string() }),
  z.strictObject({ kind: z.literal('approved'), id: z.string(), question: z.string() }),
]);

export const answer = z
  .strictObject({
    text: z.string(),
    mode: z.enum(['model', 'extractive', 'static']).meta({ description: 'What wrote it' }),
    action: z.enum(['answer', 'handoff']).meta({ description: '`handoff`: a person would be called' }),
    reason: z.string().nullable().meta({ description: 'Why it is no plain answer' }),
    sources: z.array(source).meta({ description: 'What the text rests on' }),
    usage: z.strictObject({
      model: z.string().nullable(),
      input_tokens: z.number(),
      output_tokens: z.number(),
      embedding_tokens: z.number(),
      cost: z.number().nullable().meta({
        description:
          'Of all model calls, in the currency of OPENAI_PRICES_FILE; null where a price is unknown',
      }),
    }),
    timings: z
      .strictObject({
        approved: z.number(),
        rewrite: z.number(),
        retrieve: z.number(),
        generate: z.number(),
        gate: z.number(),
        total: z.number(),
      })
      .meta({ description: 'Milliseconds per stage' }),
  })
  .meta({ id: 'Answer' });

export const answerOf = ({
  text,
  mode,
  action,
  reason,
  sources,
  usage,
  timings,
}: Answer): z.infer<typeof answer> => ({
  text,
  mode,
  action,
  reason: reason ?? null,
  sources: sources.map((from) =>
    from.kind !== 'knowledge'
      ? from
      : { kind: from.kind, document_id: from.sourceKey, title: from.title, heading: from.heading },
  ),
  usage: {
    model: usage.model ?? null,
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    embedding_tokens: usage.embeddingTokens,
    cost: usage.cost,
  },
  timings,
});

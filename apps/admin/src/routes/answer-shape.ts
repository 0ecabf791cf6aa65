import { type Answer, type AnswerAttempt, explainProblem } from '@avito-autoreply/rag';
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

const count = z.int().nonnegative();

const gate = z
  .strictObject({
    problems: z
      .array(
        z.strictObject({
          kind: z.string().meta({ examples: ['number'] }),
          value: z.string().nullable().meta({ description: 'What was found in the text and has no ground' }),
          text: z.string().meta({ description: 'The same in plain Russian' }),
        }),
      )
      .meta({ description: 'None: the text may go out' }),
    checked: z
      .strictObject({ numbers: count, dates: count, contacts: count, sources: count })
      .meta({ description: 'How many of the text were compared with its sources' }),
  })
  .meta({ id: 'GateReport', description: 'What was checked of the text of a model, and why it was stopped' });

const attempt = z.strictObject({
  model: z.string(),
  outcome: z.enum(['answer', 'handoff', 'refused', 'failed']).meta({
    description:
      '`answer`: passed the check. `handoff`: the model found no answer in the sources. `refused`: stopped by the check. `failed`: the model gave no answer',
  }),
  is_correction: z.boolean().meta({ description: 'Its text before was stopped, and it was told why' }),
  is_partial: z.boolean().meta({ description: 'It said that it does not know the rest: a person is called' }),
  code: z
    .string()
    .nullable()
    .meta({ description: "Of the model's error", examples: ['model.timeout'] }),
  gate: gate.nullable().meta({ description: 'Null: there was no text to check' }),
});

export const answer = z
  .strictObject({
    text: z.string(),
    mode: z.enum(['model', 'extractive', 'static']).meta({ description: 'What wrote it' }),
    action: z.enum(['answer', 'handoff']).meta({ description: '`handoff`: a person would be called' }),
    reason: z.string().nullable().meta({ description: 'Why it is no plain answer' }),
    sources: z.array(source).meta({ description: 'What the text rests on' }),
    attempts: z.array(attempt).meta({
      description: 'The models that were asked, in turn, and what became of their answers. Empty: none was',
    }),
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

const attemptOf = ({
  model,
  outcome,
  isCorrection = false,
  isPartial = false,
  code,
  gate: report,
}: AnswerAttempt): z.infer<typeof attempt> => ({
  model,
  outcome,
  is_correction: isCorrection,
  is_partial: isPartial,
  code: code ?? null,
  gate:
    report === undefined
      ? null
      : {
          problems: report.problems.map((problem) => ({
            kind: problem.kind,
            value: problem.value ?? null,
            text: explainProblem(problem),
          })),
          checked: report.checked,
        },
});

export const answerOf = ({
  text,
  mode,
  action,
  reason,
  sources,
  trace,
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
  attempts: trace.attempts.map(attemptOf),
  usage: {
    model: usage.model ?? null,
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    embedding_tokens: usage.embeddingTokens,
    cost: usage.cost,
  },
  timings,
});

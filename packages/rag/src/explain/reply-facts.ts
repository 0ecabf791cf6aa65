import { z } from 'zod';
import { gateProblemKinds } from '../gate/gate.ts';

/** What is known of a reply; rows hold it. */
export type ReplyFacts = {
  reply: {
    question: string;
    text: string;
    mode: 'model' | 'extractive' | 'static';
    action: 'answer' | 'handoff';
    reason: string | null;
    /** `draft`: waits for the owner. `tried`: asked for to look at, and never sent. */
    status: string;
    sources: unknown;
    trace: unknown;
  };
  sends: readonly {
    part: number;
    status: string;
    attempts: number;
    sentAt: Date | null;
    errorCode: string | null;
    errorMessage: string | null;
  }[];
  /** Of the prices; undefined where none are configured. */
  currency?: string | undefined;
  /** Reasons that the engine does not give. */
  reasonText?: ((code: string) => string) | undefined;
};

const leg = z.object({ rank: z.number(), score: z.number() }).nullish();

const candidate = z.object({
  title: z.string().optional(),
  sourceKey: z.string(),
  heading: z.string(),
  lexical: leg,
  dense: leg,
  foundBy: z.string().optional(),
});

const attempt = z.object({
  model: z.string(),
  outcome: z.string(),
  isCorrection: z.boolean().optional().catch(undefined),
  isPartial: z.boolean().optional().catch(undefined),
  code: z.string().optional(),
  gate: z
    .object({
      // A kind that this release does not know has no words here; the row still holds it.
      problems: z.array(z.object({ kind: z.enum(gateProblemKinds), value: z.string().optional() })).catch([]),
      checked: z.object({ numbers: z.number(), dates: z.number(), contacts: z.number() }).optional(),
    })
    .optional(),
});

/** Rows of older releases hold less, and a row that holds something else explains less: none of it is an error. */
const storedTrace = z.object({
  settingsVersion: z.number().nullish().catch(null),
  promptVersion: z.string().optional().catch(undefined),
  approved: z
    .object({ id: z.string(), similarity: z.number(), differing: z.array(z.string()).catch([]) })
    .optional()
    .catch(undefined),
  rewrite: z
    .object({ model: z.string(), question: z.string().optional(), failure: z.string().optional() })
    .optional()
    .catch(undefined),
  words: z.array(z.object({ word: z.string(), kind: z.string() })).catch([]),
  candidates: z.array(candidate).catch([]),
  meaningFailure: z.string().optional().catch(undefined),
  rerankFailure: z.string().optional().catch(undefined),
  leftOut: z.array(z.string()).catch([]),
  attempts: z.array(attempt).catch([]),
  coverage: z.number().optional().catch(undefined),
  usage: z
    .object({
      inputTokens: z.number(),
      outputTokens: z.number(),
      embeddingTokens: z.number(),
      cost: z.number().nullish(),
    })
    .optional()
    .catch(undefined),
  timings: z.record(z.string(), z.number()).optional().catch(undefined),
  unread: z.array(z.object({ kind: z.enum(['voice', 'image']), reason: z.string() })).catch([]),
  /** What the engine wrote, where the owner changed it before it left. */
  draftText: z.string().optional().catch(undefined),
});

export type StoredTrace = z.output<typeof storedTrace>;

export const readTrace = (trace: unknown): StoredTrace =>
  storedTrace.safeParse(trace).data ?? storedTrace.parse({});

const storedSource = z.union([
  z.object({ kind: z.literal('knowledge'), sourceKey: z.string(), heading: z.string() }),
  z.object({ kind: z.literal('item'), title: z.string() }),
  z.object({ kind: z.literal('approved'), question: z.string() }),
]);

export type StoredSource = z.output<typeof storedSource>;

export function readSources(sources: unknown): StoredSource[] {
  if (!Array.isArray(sources)) return [];
  return sources.flatMap((source) => storedSource.safeParse(source).data ?? []);
}

import { type Logger, silentLogger } from '@avito-autoreply/runtime';
import { createPersonalDataMask } from '../hygiene/personal-data.ts';
import type { ChatModel, ChunkSearch } from '../ports.ts';
import type { Passage } from '../retrieval/merge-neighbours.ts';
import type { Retrieved, Retriever } from '../retrieval/retriever.ts';
import { cleanText } from '../text/normalize.ts';
import type { Answer, AnswerReason, AnswerSource, HistoryMessage, ItemContext } from './answer.ts';
import { asksItemPrice, classifyMessage, greets, staticTextFor } from './classify-message.ts';
import { MIN_COVERAGE } from './extractive-answer.ts';
import { answerByModel, type ModelOutcome } from './model-answer.ts';
import { quotePassages } from './quote-passages.ts';
import { defaultStaticTexts, type StaticTextKind, type StaticTexts } from './static-texts.ts';

/** Chunks that are put before the model, or quoted from. */
const RETRIEVED_CHUNKS = 8;
/** A longer message is cut: it is a pasted text, and what is asked stands at its beginning. */
const MAX_QUESTION_LENGTH = 4_000;

export type AnswerInput = {
  accountId: number;
  /** All unanswered messages of the turn, joined by line breaks. */
  question: string;
  /** Earlier messages of the chat, oldest first. */
  history?: readonly HistoryMessage[] | undefined;
  item?: ItemContext | null | undefined;
  signal?: AbortSignal | undefined;
};

export type AnswerEngine = { generateAnswer: (input: AnswerInput) => Promise<Answer> };

type EngineDeps = {
  retriever: Retriever;
  search: Pick<ChunkSearch, 'stem'>;
  /** Without one, answers are quotations. */
  chatModel?: ChatModel | undefined;
  texts?: Partial<StaticTexts> | undefined;
  /** Share of the question that a quotation must cover, 0 to 1. */
  minCoverage?: number | undefined;
  logger?: Logger | undefined;
};

/**
 * The chain model → quotation → prepared text; exactly one of them is returned, with the reason where it is not a plain
 * answer. Failures of the models are no errors here. Throws when the knowledge base cannot be read
 * (`knowledge.search-failed`) and when the signal is aborted.
 */
export function createAnswerEngine({
  retriever,
  search,
  chatModel,
  texts: ownTexts = {},
  minCoverage = MIN_COVERAGE,
  logger = silentLogger,
}: EngineDeps): AnswerEngine {
  const texts: StaticTexts = { ...defaultStaticTexts, ...ownTexts };

  return {
    async generateAnswer({ accountId, question: received, history = [], item: givenItem, signal }) {
      const start = performance.now();
      const answer = createDraftAnswer(() => performance.now() - start);
      const prepared = (text: StaticTextKind, reason: AnswerReason, action: Answer['action'] = 'handoff') =>
        answer.finish({ mode: 'static', text: texts[text], action, reason, sources: [] });
      const question = cleanText(received).slice(0, MAX_QUESTION_LENGTH).trim();
      const item = givenItem ?? undefined;
      const personal = createPersonalDataMask();

      switch (classifyMessage(question)) {
        case 'empty':
          return prepared('unsupported', 'unsupported-content');
        case 'greeting':
          return prepared('greeting', 'greeting', 'answer');
        case 'thanks':
          return prepared('thanks', 'thanks', 'answer');
        case 'acknowledgement':
          return prepared('acknowledgement', 'acknowledgement', 'answer');
        case 'asks-for-human':
          return prepared('human', 'asked-for-human');
        case 'question':
      }

      const retrieved = await retriever.retrieve({
        accountId,
        question: personal.remove(question),
        limit: RETRIEVED_CHUNKS,
        signal,
      });
      answer.addRetrieval(retrieved);
      const { passages, asked } = retrieved;

      let reason: AnswerReason = 'not-in-base';
      if (chatModel !== undefined) {
        const outcome = await answerByModel({
          chatModel,
          question: personal.mask(question),
          passages,
          history: history.map(({ author, text }) => ({ author, text: personal.mask(cleanText(text)) })),
          item,
          signal,
        });
        answer.addModel({ model: chatModel.model, outcome });
        if (outcome.kind === 'answer') {
          const sources = [
            ...outcome.passages.map(knowledgeSource),
            ...(outcome.usesItem ? [itemSource(item)] : []),
          ];
          const text = personal.restore(outcome.text);
          return answer.finish({ mode: 'model', text, action: 'answer', sources });
        }
        // The model read the sources and found nothing: a quotation from them would be no better.
        if (outcome.kind === 'handoff') return prepared(staticTextFor(question), 'not-in-base');
        reason = outcome.kind === 'refused' ? 'gate-refused' : 'model-failed';
        logger.warn('the answer of the model is not used', { reason, ...outcomeForLog(outcome) });
      }

      if (item?.price !== undefined && asksItemPrice(question)) {
        const text = `${item.title === undefined ? 'Цена' : `Цена «${item.title}»`} по объявлению: ${item.price}.`;
        return answer.finish({ mode: 'extractive', text, action: 'answer', sources: [itemSource(item)] });
      }
      const extract = await quotePassages({ search, asked, passages });
      answer.addCoverage(extract?.coverage ?? 0);
      if (extract !== undefined && extract.coverage >= minCoverage) {
        const isFirst = !history.some(({ author }) => author === 'us');
        const text = isFirst && greets(question) ? `Здравствуйте! ${extract.text}` : extract.text;
        const sources = extract.passages.flatMap((index) => passages[index] ?? []).map(knowledgeSource);
        return answer.finish({
          mode: 'extractive',
          text,
          action: 'answer',
          sources,
          ...(reason === 'not-in-base' ? {} : { reason }),
        });
      }
      return prepared(reason === 'model-failed' ? 'failure' : staticTextFor(question), reason);
    },
  };
}

/** Collects figures and trace while the answer is made. */
function createDraftAnswer(elapsed: () => number) {
  const usage: Answer['usage'] = { inputTokens: 0, outputTokens: 0, embeddingTokens: 0 };
  const timings: Answer['timings'] = { retrieve: 0, generate: 0, gate: 0, total: 0 };
  const trace: Answer['trace'] = { words: [], candidates: [] };
  return {
    addRetrieval({ asked, passages, embeddingTokens }: Retrieved) {
      timings.retrieve = elapsed();
      usage.embeddingTokens = embeddingTokens;
      trace.words = asked.map(({ word, kind }) => ({ word, kind }));
      trace.candidates = passages.map(({ sourceKey, heading, chunkIds }) => ({
        sourceKey,
        heading,
        chunkIds,
      }));
    },
    addModel({ model, outcome }: { model: string; outcome: ModelOutcome }) {
      Object.assign(usage, outcome.usage, { model });
      timings.generate = outcome.generateMs;
      timings.gate = outcome.gateMs;
      if (outcome.kind === 'refused' || outcome.kind === 'answer') trace.gate = outcome.gate;
      if (outcome.kind === 'failed') trace.modelError = outcome.code;
    },
    addCoverage(coverage: number) {
      trace.coverage = coverage;
    },
    finish(result: Pick<Answer, 'text' | 'mode' | 'action' | 'sources' | 'reason'>): Answer {
      return { ...result, usage, timings: { ...timings, total: elapsed() }, trace };
    },
  };
}

function knowledgeSource({ sourceKey, title, heading, chunkIds }: Passage): AnswerSource {
  return { kind: 'knowledge', sourceKey, title, heading, chunkIds };
}

function itemSource(item: ItemContext | undefined): AnswerSource {
  return { kind: 'item', title: item?.title ?? '' };
}

/** Kinds and codes only: what the model wrote may repeat the buyer's words. */
function outcomeForLog(outcome: ModelOutcome): Record<string, unknown> {
  if (outcome.kind === 'refused') return { problems: outcome.gate.problems.map(({ kind }) => kind) };
  return outcome.kind === 'failed' ? { code: outcome.code } : {};
}

import { RETRIEVED_CHUNKS } from '../answering/answer-engine.ts';
import { thresholdsWith, weighForCoverage } from '../answering/answer-thresholds.ts';
import { askedKind } from '../answering/asked-kind.ts';
import { asksItemPrice, classifyMessage } from '../answering/classify-message.ts';
import { evidenceOf } from '../answering/evidence.ts';
import { stemPassages } from '../answering/quote-passages.ts';
import { createPersonalDataMask } from '../hygiene/personal-data.ts';
import type { ChunkSearch } from '../ports.ts';
import { mendCommonSlips } from '../retrieval/common-slips.ts';
import { readInCyrillic } from '../retrieval/read-in-cyrillic.ts';
import type { Passage } from '../retrieval/merge-neighbours.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import { cleanText, foldForSearch } from '../text/normalize.ts';
import type { WeighedQuestion } from './fit-confidence.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { EvalQuestion } from './question-set.ts';

/**
 * Finds the passages of each question as the engine does without a model, and weighs them. Undefined: nothing is weighed,
 * because it is answered otherwise (polite words, a complaint, the listing's price), or it says nothing of the weights: a
 * follow-up, which is weighed in two readings, and an answerable one that names neither facts nor a source.
 */
export async function weighQuestion(
  { retriever, search }: { retriever: Pick<Retriever, 'retrieve'>; search: Pick<ChunkSearch, 'stem'> },
  { accountId, question: asked }: { accountId: number; question: EvalQuestion },
): Promise<WeighedQuestion | undefined> {
  const text = cleanText(asked.question).trim();
  if (classifyMessage(readInCyrillic(text)) !== 'question' || asked.history.length > 0) return undefined;
  if (asked.item?.price !== undefined && asksItemPrice(text)) return undefined;
  const { answerable, must_contain: facts, expected_source: sources } = asked;
  if (answerable && facts.length + sources.length === 0) return undefined;

  const question = mendCommonSlips(readInCyrillic(createPersonalDataMask().remove(text)));
  const found = await retriever.retrieve({ accountId, question, limit: RETRIEVED_CHUNKS });
  const weighed = weighForCoverage(found.asked, { ...thresholdsWith({}), question });
  const stemmed = await stemPassages(search, found.passages);
  const kind = askedKind(foldForSearch(question));
  return {
    answerable,
    passages: found.passages.flatMap((passage, at) => {
      const parts = stemmed[at];
      if (parts === undefined) return [];
      const evidence = evidenceOf({ asked: weighed, kind }, parts);
      return [{ evidence, isRight: answerable && isAnswer(asked, passage) }];
    }),
  };
}

function isAnswer(question: EvalQuestion, { content, ...source }: Passage): boolean {
  const { verdict } = judgeAnswer(question, {
    text: content,
    action: 'answer',
    mode: 'extractive',
    sources: [{ kind: 'knowledge', ...source }],
  });
  return verdict === 'answered';
}

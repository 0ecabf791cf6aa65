import { confidenceOf } from './confidence.ts';
import { type Part, union } from './coverage.ts';
import {
  type AskedQuestion,
  evidenceOf,
  isNothing,
  isOfAnotherNumber,
  type StemmedPassage,
} from './evidence.ts';
import { quoteStretch } from './quote-stretch.ts';

export type Extract = {
  /** Indexes of the passages that are quoted. */
  passages: number[];
  text: string;
  /** How sure it is that this answers the turn, from 0 to 1. */
  confidence: number;
  /** Of the passages that are quoted. */
  quoted: Part;
};

/** Below it a person is called, where the account has no threshold of its own. */
export const MIN_CONFIDENCE = 0.5;

type Found = { index: number; passage: StemmedPassage; confidence: number; question: AskedQuestion };

/**
 * The best quotation for a turn, with its confidence; undefined when no passage has any of the words. A turn of several
 * questions is answered by one passage for each where that is sure enough; else by one for each, or one for all:
 * whichever is surer.
 */
export function extractAnswer({
  whole,
  parts = [],
  passages,
  minConfidence = MIN_CONFIDENCE,
}: {
  whole: AskedQuestion;
  parts?: readonly AskedQuestion[] | undefined;
  passages: readonly StemmedPassage[];
  minConfidence?: number | undefined;
}): Extract | undefined {
  const together = bestPassage(whole, passages, parts.length > 1 ? parts : [whole]);
  if (together === undefined) return undefined;
  const apart = parts.flatMap((part) => bestPassage(part, passages) ?? []);
  const isAnsweredApart = parts.length > 1 && apart.length === parts.length;
  const surenessApart = isAnsweredApart ? Math.min(...apart.map(({ confidence }) => confidence)) : 0;
  return surenessApart > together.confidence || surenessApart >= minConfidence
    ? quoteAll(apart, surenessApart)
    : quoteAll([together], together.confidence);
}

/** A passage about another thing than each of `meant` is none for them. */
function bestPassage(
  question: AskedQuestion,
  passages: readonly StemmedPassage[],
  meant: readonly AskedQuestion[] = [question],
): Found | undefined {
  const scored = passages.flatMap((passage, index) => {
    const evidence = evidenceOf(question, passage);
    const isOfAnother = meant.every(({ asked }) => isOfAnotherNumber(asked, passage));
    return isNothing(evidence) || isOfAnother
      ? []
      : [{ index, passage, question, confidence: confidenceOf(evidence) }];
  });
  // The ranking of the search decides between equals.
  const [best] = scored.toSorted((a, b) => b.confidence - a.confidence || a.index - b.index);
  return best;
}

function quoteAll(found: readonly Found[], confidence: number): Extract {
  const chosen = [...Map.groupBy(found, ({ index }) => index).values()].flatMap((ofPassage) => {
    const [one] = ofPassage;
    return one === undefined
      ? []
      : [
          {
            ...one,
            text: quote(
              ofPassage.map(({ question }) => question),
              one.passage,
            ),
          },
        ];
  });
  return {
    passages: chosen.map(({ index }) => index),
    text: chosen.map(({ text }) => text).join('\n\n'),
    confidence,
    quoted: union(
      chosen.flatMap(({ passage: { title, question, sentences } }) => [
        title,
        ...(question === null ? [] : [question]),
        ...sentences,
      ]),
    ),
  };
}

/** A pair's answer as it stands; of running text the sentences that matter. */
function quote(questions: readonly AskedQuestion[], { text, question, sentences }: StemmedPassage): string {
  if (question !== null) return text;
  const kinds = new Set(questions.map(({ kind }) => kind));
  const asked = questions.flatMap((one) => one.asked);
  const kind = kinds.size === 1 ? questions[0]?.kind : undefined;
  return quoteStretch({ text, sentences, asked, kind });
}

import type { Passage } from './prompt-reader.ts';
import { contentStems, isSameRoot } from './stems.ts';

export type HonestAnswer = {
  answer: string;
  /** Numbers of the passages quoted. */
  sources: number[];
  action: 'answer' | 'handoff';
  reason: string | null;
  /** Share of the question's weight that the quoted sentence covers. */
  confidence: number;
};

/** What the model says when no passage fits; a caller takes the hand-off, not the words. */
const UNKNOWN_ANSWER = 'К сожалению, в базе знаний нет ответа на этот вопрос.';

// Below this a sentence merely shares a word with the question.
const LEAST_CONFIDENCE = 0.3;

// Of equals the longer wins, up to four words: a heading names the topic and says nothing.
const HEADING_MARGIN = 0.01;

const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?…])\s+|\n+/u)
    .map((sentence) => sentence.replace(/^[#>*\-\s]+/u, '').trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));

const covers = (stems: readonly string[], wanted: string) =>
  stems.some((candidate) => isSameRoot(candidate, wanted));

type Candidate = { sentence: string; number: number; score: number };

/** Quotes the sentence that shares most with the question, rare words first; never says what no passage says. */
export function answerHonestly({
  question,
  passages,
}: {
  question: string;
  passages: readonly Passage[];
}): HonestAnswer {
  const wanted = [...new Set(contentStems(question))];
  const passageStems = passages.map((passage) => contentStems(passage.text));
  const weightOf = (stem: string) => {
    const holders = passageStems.filter((stems) => covers(stems, stem)).length;
    return Math.log(1 + passages.length / (holders + 1)) + 0.1;
  };
  const weights = new Map(wanted.map((stem) => [stem, weightOf(stem)]));
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0) || 1;
  const scoreOf = (stems: readonly string[]) =>
    [...weights].reduce((sum, [stem, weight]) => sum + (covers(stems, stem) ? weight : 0), 0) / total;

  let best: Candidate | undefined;
  for (const [index, passage] of passages.entries()) {
    const passageScore = scoreOf(passageStems[index] ?? []);
    for (const sentence of sentencesOf(passage.text)) {
      // The buyer's words often stand in the heading or question of a passage, the answer beside them: a question is no answer.
      const isQuestion = sentence.endsWith('?');
      const stems = contentStems(sentence);
      const score = 0.5 * passageScore + 0.5 * scoreOf(stems) + HEADING_MARGIN * Math.min(stems.length, 4);
      if (!isQuestion && (best === undefined || score > best.score)) {
        best = { sentence, number: passage.number, score };
      }
    }
  }
  if (best === undefined || best.score < LEAST_CONFIDENCE) {
    return {
      answer: UNKNOWN_ANSWER,
      sources: [],
      action: 'handoff',
      reason: 'no passage answers the question',
      confidence: 0,
    };
  }
  return {
    answer: best.sentence,
    sources: [best.number],
    action: 'answer',
    reason: null,
    confidence: Math.min(1, Number(best.score.toFixed(3))),
  };
}

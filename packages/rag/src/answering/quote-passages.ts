import { namedThings } from '../lexicon/named-things.ts';
import type { ChunkSearch } from '../ports.ts';
import type { Passage } from '../retrieval/merge-neighbours.ts';
import type { AskedTerm } from '../retrieval/term-weights.ts';
import { foldForSearch } from '../text/normalize.ts';
import { splitSentences } from '../text/sentences.ts';
import { askedKind } from './asked-kind.ts';
import { coverageOf, type Part } from './coverage.ts';
import type { StemmedPassage } from './evidence.ts';
import { numberRanges } from './number-ranges.ts';
import { type Extract, extractAnswer } from './extractive-answer.ts';
import { partContext } from './follow-up.ts';
import { questionParts } from './question-groups.ts';

/** A follow-up's setting must be there for the most part; else the message is taken by itself. */
const MIN_CONTEXT_COVERAGE = 0.4;

/** Has the parts of the passages stemmed by the index, then quotes the best of them. */
export async function quotePassages({
  search,
  asked,
  question,
  isFollowUp,
  passages,
  minConfidence,
}: {
  search: Pick<ChunkSearch, 'stem'>;
  /** Words of the question, and of the message before where it was searched too. */
  asked: readonly AskedTerm[];
  question: string;
  isFollowUp: boolean;
  passages: readonly Passage[];
  /** From which on a quotation is sent. */
  minConfidence: number;
}): Promise<Extract | undefined> {
  if (asked.length === 0 || passages.length === 0) return undefined;
  const stemmed = await stemPassages(search, passages);
  const { own, context, all } = isFollowUp
    ? partContext(asked, question)
    : { own: asked, context: [], all: asked };
  const kind = askedKind(foldForSearch(question));
  const alone = extractAnswer({
    whole: { asked: own, kind },
    parts: questionParts(own, question),
    passages: stemmed,
    minConfidence,
  });
  if (context.length === 0) return alone;
  const together = extractAnswer({ whole: { asked: all, kind }, passages: stemmed });
  if (together === undefined || alone === undefined) return alone;
  const keepsOwn = coverageOf(own, together.quoted) >= coverageOf(own, alone.quoted);
  const hasContext = coverageOf(context, together.quoted) >= MIN_CONTEXT_COVERAGE;
  return keepsOwn && hasContext ? together : alone;
}

/** The passages with what their parts are about. */
export async function stemPassages(
  search: Pick<ChunkSearch, 'stem'>,
  passages: readonly Passage[],
): Promise<StemmedPassage[]> {
  const cut = passages.map((passage) => ({ passage, sentences: splitSentences(passage.content) }));
  const texts = cut.flatMap(({ passage, sentences }) => [
    passage.heading,
    ownHeading(passage),
    passage.question ?? '',
    ...sentences,
  ]);
  const stems = (await search.stem({ texts: texts.map(foldForSearch) })).values();
  const next = (text: string): Part => ({
    lexemes: new Set(stems.next().value ?? []),
    things: namedThings(text),
    ranges: numberRanges(text),
  });
  return cut.map(({ passage, sentences }) => {
    const title = next(passage.heading);
    const own = next(ownHeading(passage));
    const question = next(passage.question ?? '');
    return {
      text: passage.content,
      title,
      ownHeading: own,
      question: passage.question === null ? null : question,
      sentences: sentences.map((text) => ({ text, ...next(text) })),
    };
  });
}

const ownHeading = ({ heading }: Passage) => heading.slice(heading.lastIndexOf(' > ') + 1);

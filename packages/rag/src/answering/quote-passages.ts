import type { ChunkSearch } from '../ports.ts';
import type { Passage } from '../retrieval/merge-neighbours.ts';
import type { AskedTerm } from '../retrieval/term-weights.ts';
import { foldForSearch } from '../text/normalize.ts';
import { splitSentences } from '../text/sentences.ts';
import { type Extract, extractAnswer } from './extractive-answer.ts';

/** Has the parts of the passages stemmed by the index, then quotes the best of them. */
export async function quotePassages({
  search,
  asked,
  passages,
}: {
  search: Pick<ChunkSearch, 'stem'>;
  asked: readonly AskedTerm[];
  passages: readonly Passage[];
}): Promise<Extract | undefined> {
  if (asked.length === 0 || passages.length === 0) return undefined;
  const parts = passages.map((passage) => ({ passage, sentences: splitSentences(passage.content) }));
  const texts = parts.flatMap(({ passage, sentences }) => [
    passage.heading,
    ownHeading(passage),
    passage.question ?? '',
    ...sentences,
  ]);
  const stems = (await search.stem({ texts: texts.map(foldForSearch) })).values();
  const next = () => new Set(stems.next().value ?? []);
  return extractAnswer({
    asked,
    passages: parts.map(({ passage, sentences }) => {
      const heading = next();
      const ownHeading = next();
      const question = next();
      return {
        text: passage.content,
        heading,
        ownHeading,
        question: passage.question === null ? null : question,
        sentences: sentences.map((text) => ({ text, lexemes: next() })),
      };
    }),
  });
}

const ownHeading = ({ heading }: Passage) => heading.slice(heading.lastIndexOf(' > ') + 1);

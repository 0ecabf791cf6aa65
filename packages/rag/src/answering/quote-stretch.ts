import type { AskedTerm } from '../retrieval/term-weights.ts';
import { type AskedKind, tells } from './asked-kind.ts';
import { isProperty } from './class-share.ts';
import { coverageOf, type Part, union } from './coverage.ts';

export type StemmedSentence = Part & { text: string };

const MAX_LENGTH = 320;
/** A quotation shorter than this goes on to the end of its line, for the facts that follow. */
const MIN_LENGTH = 160;

/**
 * Of a text the shortest stretch of sentences that covers most of what was asked; a short text as a whole. Several that say
 * as much are quoted together: rows of a table, of which nothing tells the one that is meant.
 */
export function quoteStretch({
  text,
  sentences,
  asked,
  kind,
}: {
  text: string;
  sentences: readonly StemmedSentence[];
  asked: readonly AskedTerm[];
  kind?: AskedKind | undefined;
}): string {
  if (text.length <= MAX_LENGTH || sentences.length === 0) return text;
  const places = placesIn(text, sentences);
  const stretches = sentences.flatMap((_, first) =>
    sentences.slice(first).map((__, count) => ({ first, last: first + count })),
  );
  const lengthOf = ({ first, last }: { first: number; last: number }) =>
    (places[last]?.end ?? 0) - (places[first]?.start ?? 0);
  const telling = sentences.map((sentence) => kind === undefined || tells(kind, sentence.text));
  // „Цену скажем по модели“ has the word and tells no price.
  const named = kind === 'price' ? asked.filter((term) => !isProperty(term)) : asked;
  const wanted = named.length > 0 ? named : asked;
  const weighed = stretches
    .filter((stretch) => stretch.first === stretch.last || lengthOf(stretch) <= MAX_LENGTH)
    .map((stretch) => {
      const isTold = !telling.includes(true) || telling.slice(stretch.first, stretch.last + 1).includes(true);
      const covered = union(sentences.slice(stretch.first, stretch.last + 1));
      const coverage = isTold ? coverageOf(wanted, covered) : 0;
      return { ...stretch, coverage, ofAll: isTold ? coverageOf(asked, covered) : 0 };
    })
    .toSorted(
      (a, b) =>
        b.coverage - a.coverage || b.ofAll - a.ofAll || lengthOf(a) - lengthOf(b) || a.first - b.first,
    );
  const [best] = weighed;
  const equal = weighed.filter(
    ({ first, last, coverage, ofAll }) =>
      first === last && best?.first === best?.last && coverage === best?.coverage && ofAll === best.ofAll,
  );
  const together = {
    first: Math.min(...equal.map(({ first }) => first)),
    last: Math.max(...equal.map(({ last }) => last)),
  };
  const chosen = equal.length > 1 && lengthOf(together) <= MAX_LENGTH ? together : best;
  // Words that only the heading has choose no sentence: the text is then quoted from its beginning.
  const { first, last: covered } =
    chosen === undefined || best?.coverage === 0 ? { first: 0, last: 0 } : chosen;

  let last = covered;
  while (last + 1 < sentences.length && lengthOf({ first, last: last + 1 }) <= MAX_LENGTH) {
    const gap = text.slice(places[last]?.end, places[last + 1]?.start);
    const isOpen = sentences[last]?.text.endsWith(':') === true || isListGoingOn(sentences, last);
    if (!isOpen && (gap.includes('\n') || lengthOf({ first, last }) >= MIN_LENGTH)) break;
    last += 1;
  }
  return text.slice(places[first]?.start, places[last]?.end);
}

/** A list that an opening sentence announced is quoted with its entries. */
function isListGoingOn(sentences: readonly StemmedSentence[], index: number): boolean {
  const isEntry = (at: number) => sentences[at]?.text.startsWith('– ') === true;
  if (!isEntry(index) || !isEntry(index + 1)) return false;
  const opening = sentences.slice(0, index).findLast((_, at) => !isEntry(at));
  return opening?.text.endsWith(':') === true;
}

/** Where the sentences stand, so that the line breaks between them are kept. */
function placesIn(text: string, sentences: readonly StemmedSentence[]): { start: number; end: number }[] {
  let from = 0;
  return sentences.map((sentence) => {
    const start = Math.max(text.indexOf(sentence.text, from), from);
    from = start + sentence.text.length;
    return { start, end: from };
  });
}

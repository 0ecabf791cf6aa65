import type { AskedTerm } from '../retrieval/term-weights.ts';
import { type AskedKind, tells } from './asked-kind.ts';
import { isProperty } from './class-share.ts';
import { coverageOf, type Part, union } from './coverage.ts';

export type StemmedSentence = Part & { text: string };

const MAX_LENGTH = 320;
/** A quotation shorter than this goes on to the end of its line, for the facts that follow. */
const MIN_LENGTH = 160;

type Stretch = { first: number; last: number };
type Asked = { asked: readonly AskedTerm[]; kind?: AskedKind | undefined };

/**
 * Of a text the shortest stretch of sentences that covers most of what was asked; a short text as a whole. Several that say
 * as much are quoted together: rows of a table, of which nothing tells the one that is meant.
 */
export function quoteStretch({
  text,
  sentences,
  ...question
}: Asked & { text: string; sentences: readonly StemmedSentence[] }): string {
  if (text.length <= MAX_LENGTH || sentences.length === 0) return text;
  const places = placesIn(text, sentences);
  const lengthOf = ({ first, last }: Stretch) => (places[last]?.end ?? 0) - (places[first]?.start ?? 0);
  const stretches = sentences
    .flatMap((_, first) => sentences.slice(first).map((__, count) => ({ first, last: first + count })))
    .filter((stretch) => stretch.first === stretch.last || lengthOf(stretch) <= MAX_LENGTH);
  const isTelling = sentences.map(
    (sentence) => question.kind === undefined || tells(question.kind, sentence.text),
  );
  // Words that only the heading has choose no sentence: the text is then quoted from its beginning.
  const { first, last: covered } = bestOf({ stretches, sentences, isTelling, lengthOf, question }) ??
    bestOf({ stretches, sentences, isTelling: sentences.map(() => true), lengthOf, question }) ?? {
      first: 0,
      last: 0,
    };

  let last = covered;
  while (last + 1 < sentences.length && lengthOf({ first, last: last + 1 }) <= MAX_LENGTH) {
    const gap = text.slice(places[last]?.end, places[last + 1]?.start);
    const isOpen = /[:?]$/.test(sentences[last]?.text ?? '') || isListGoingOn(sentences, last);
    if (!isOpen && (gap.includes('\n') || lengthOf({ first, last }) >= MIN_LENGTH)) break;
    last += 1;
  }
  return text.slice(places[first]?.start, places[last]?.end);
}

/** Undefined where none of them that tells what is asked for has any of its words. */
function bestOf({
  stretches,
  sentences,
  isTelling,
  lengthOf,
  question: { asked, kind },
}: {
  stretches: readonly Stretch[];
  sentences: readonly StemmedSentence[];
  isTelling: readonly boolean[];
  lengthOf: (stretch: Stretch) => number;
  question: Asked;
}): Stretch | undefined {
  const isPrice = kind === 'price';
  const named = isPrice ? asked.filter((term) => !isProperty(term)) : asked;
  const wanted = named.length > 0 ? named : asked;
  const [best, ...others] = stretches
    .filter(({ first, last }) => isTelling.slice(first, last + 1).includes(true))
    .map(({ first, last }) => {
      const within = sentences.slice(first, last + 1);
      // „Цену скажем по модели“ has the word and tells no price.
      const covered = union(isPrice ? within.filter((_, at) => isTelling[first + at] === true) : within);
      return { first, last, coverage: coverageOf(wanted, covered), ofAll: coverageOf(asked, covered) };
    })
    .toSorted(
      (a, b) =>
        b.coverage - a.coverage || b.ofAll - a.ofAll || lengthOf(a) - lengthOf(b) || a.first - b.first,
    );
  if (best === undefined || best.coverage === 0) return undefined;
  const isSingle = ({ first, last }: Stretch) => first === last;
  const equal = others.filter(
    (other) => isSingle(other) && other.coverage === best.coverage && other.ofAll === best.ofAll,
  );
  const together = {
    first: Math.min(best.first, ...equal.map(({ first }) => first)),
    last: Math.max(best.last, ...equal.map(({ last }) => last)),
  };
  return isSingle(best) && lengthOf(together) <= MAX_LENGTH ? together : best;
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

import { defaultLexicon } from '../lexicon/lexicon.ts';
import { HINT } from '../retrieval/question-words.ts';
import type { AskedTerm } from '../retrieval/term-weights.ts';
import { type AskedKind, tells } from './asked-kind.ts';
import { classShare } from './class-share.ts';
import { closenessIn, type Part, union } from './coverage.ts';
import type { StemmedSentence } from './quote-stretch.ts';

/** A passage with what its parts are about. */
export type StemmedPassage = {
  text: string;
  /** All of its headings, the document's title too. */
  title: Part;
  /** Of the last of its headings alone: the title is the same for the whole document. */
  ownHeading: Part;
  /** Of a pair's question; null for running text. */
  question: Part | null;
  sentences: readonly StemmedSentence[];
};

/** One question of a turn: its words and what it wants to be told. */
export type AskedQuestion = { asked: readonly AskedTerm[]; kind: AskedKind | undefined };

/** What speaks for and against a passage as the answer to a question. Shares are from 0 to 1, by weight of the words. */
export type Evidence = {
  /** Share of the question that the passage has. */
  coverage: number;
  /** Share that its heading or, of a pair, its question has. */
  subject: number;
  /** Share that its best sentence has, of those that tell what is asked for. */
  sentence: number;
  /** How many words the passage has; light words count for less, here and below. */
  found: number;
  /** How many words the sentence lacks that has most of them. */
  apart: number;
  /** The most important word that the passage lacks. */
  worst: number;
  /** How many words nothing in the base has. */
  foreign: number;
  /** 1 where a price, a time … is asked and none is told. */
  untold: number;
};

/** What a passage is about is meant, whatever word is used for it. */
const SUBJECT_CLOSENESS = 0.95;
/** The title is about the document, not about each passage of it. */
const TITLE_SHARE = 0.5;
/** What a question wants to be told counts like a word of it; a price is asked by a word of its own. */
const KIND_SHARE: Record<AskedKind, number> = { price: 0, number: 0, clock: 0.6, duration: 0.4, place: 0.6 };
/** Beyond that, more words make nothing surer. */
const MOST_WORDS = 3;

/** Weighs one passage against one question. */
export function evidenceOf({ asked, kind }: AskedQuestion, passage: StemmedPassage): Evidence {
  const { title, question, sentences, text } = passage;
  const subject = union([passage.ownHeading, ...(question === null ? [] : [question])]);
  const everything = union([subject, ...sentences]);
  const own = withoutHintsOfOthers(asked);

  // Each is asked for several times below.
  const ofEach = (measure: (term: AskedTerm) => number): ((term: AskedTerm) => number) => {
    const measured = new Map(own.map((term) => [term, measure(term)]));
    return (term) => measured.get(term) ?? 0;
  };
  const inSubject = ofEach((term) =>
    Math.max(closenessIn(term, subject), isSameThing(term, subject) ? SUBJECT_CLOSENESS : 0),
  );
  const inPassage = ofEach((term) =>
    Math.max(closenessIn(term, everything), inSubject(term), TITLE_SHARE * closenessIn(term, title)),
  );
  const weighed = sentences.map((sentence) => ({
    inSentence: ofEach((term) => Math.max(closenessIn(term, sentence), inSubject(term))),
    isTelling: kind === undefined || tells(kind, sentence.text),
  }));
  const share = ofEach(classShare);

  const sum = (weigh: (term: AskedTerm) => number) => own.reduce((total, term) => total + weigh(term), 0);
  const mass = sum((term) => term.mass);
  const shareOf = (closeness: (term: AskedTerm) => number) =>
    mass === 0 ? 0 : sum((term) => term.mass * closeness(term)) / mass;
  const lacking = (closeness: (term: AskedTerm) => number) => (term: AskedTerm) =>
    share(term) * (1 - closeness(term));

  const isTold = kind === undefined || tells(kind, text);
  const kindShare = kind === undefined ? 0 : KIND_SHARE[kind];
  const kindMass = kindShare * Math.max(0, ...own.map((term) => term.mass));
  const telling = weighed.filter(({ isTelling }) => isTelling);
  return {
    coverage: mass === 0 ? 0 : (mass * shareOf(inPassage) + (isTold ? kindMass : 0)) / (mass + kindMass),
    subject: shareOf(inSubject),
    sentence: Math.max(0, ...telling.map(({ inSentence }) => shareOf(inSentence))),
    found: Math.min(MOST_WORDS, sum((term) => share(term) * inPassage(term)) + (isTold ? kindShare : 0)),
    apart: Math.min(MOST_WORDS, ...weighed.map(({ inSentence }) => sum(lacking(inSentence)))),
    worst: Math.max(0, ...own.map(lacking(inPassage))),
    foreign: Math.min(
      MOST_WORDS,
      sum((term) => (term.kind === 'unknown' && inPassage(term) === 0 ? share(term) : 0)),
    ),
    untold: isTold ? 0 : 1,
  };
}

const isSameThing = ({ word }: AskedTerm, { things }: Part) =>
  defaultLexicon.thingsOf(word).some((thing) => things.has(thing));

/** „Скидка многодетным“: the discount that is there says nothing of large families. */
function withoutHintsOfOthers(asked: readonly AskedTerm[]): AskedTerm[] {
  const slotsOf = new Map<string, Set<number>>();
  for (const { slot, terms } of asked) {
    for (const { lexeme, closeness } of terms) {
      if (closeness === 1) slotsOf.set(lexeme, (slotsOf.get(lexeme) ?? new Set()).add(slot));
    }
  }
  const isOfAnother = (lexeme: string, slot: number) => {
    const slots = slotsOf.get(lexeme);
    return slots !== undefined && (slots.size > 1 || !slots.has(slot));
  };
  return asked.map((term) => ({
    ...term,
    terms: term.terms.filter(({ lexeme, closeness }) => closeness > HINT || !isOfAnother(lexeme, term.slot)),
  }));
}

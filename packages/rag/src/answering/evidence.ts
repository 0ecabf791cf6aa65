import { classShare } from './class-share.ts';
import { defaultLexicon } from '../lexicon/lexicon.ts';
import { HINT } from '../retrieval/question-words.ts';
import type { AskedTerm } from '../retrieval/term-weights.ts';
import { type AskedKind, tells } from './asked-kind.ts';
import { closenessIn, type Part, union } from './coverage.ts';
import type { StemmedPassage } from './extractive-answer.ts';

/** What speaks for and against a passage as the answer to a question; each about 0 to 1, counts apart. */
export type Evidence = {
  /** Share of the question that the passage covers, by weight. */
  coverage: number;
  /** The same of its heading or, of a pair, its question. */
  subject: number;
  /** The same of its best sentence, which must tell what is asked for. */
  sentence: number;
  /** Share of a pair's question that was asked. */
  pair: number;
  /** Words that its best sentence has not. */
  apart: number;
  /** The most important word that is not there. */
  worst: number;
  /** Share of the question that is there word for word. */
  exact: number;
  /** Words of which only what goes with them is there. */
  hinted: number;
  /** Words that are there and that are not, light ones for less. */
  found: number;
  missing: number;
  /** Of the missing, those that nothing in the base has. */
  foreign: number;
  /** 1 where a price, a time … is asked and told; for `untold`, asked and not told. */
  told: number;
  untold: number;
};

/** What the passage is about is meant, whatever word is used for it. */
const SUBJECT_CLOSENESS = 0.95;
const TITLE_SHARE = 0.5;
/** What a question wants to be told counts like a word of it; a price is asked by a word of its own. */
const KIND_SHARE: Record<AskedKind, number> = { price: 0, number: 0, clock: 0.6, duration: 0.4, place: 0.6 };

export function evidenceOf({
  asked,
  kind,
  passage,
}: {
  asked: readonly AskedTerm[];
  kind: AskedKind | undefined;
  passage: StemmedPassage;
}): Evidence {
  const { title, question, sentences, text } = passage;
  const subject = union([passage.ownHeading, ...(question === null ? [] : [question])]);
  const everything = union([subject, ...sentences]);
  const own = asked.map((term) => withoutWordsOfOthers(term, asked));
  const subjectCloseness = (term: AskedTerm) =>
    Math.max(closenessIn(term, subject), isSameThing(term, subject) ? SUBJECT_CLOSENESS : 0);
  const closenessOf = (term: AskedTerm) =>
    Math.max(closenessIn(term, everything), subjectCloseness(term), TITLE_SHARE * closenessIn(term, title));
  const sentenceCloseness = (one: Part) => (term: AskedTerm) =>
    Math.max(closenessIn(term, one), subjectCloseness(term));
  const share = (weigh: (term: AskedTerm) => number) => own.reduce((sum, term) => sum + weigh(term), 0);
  const kindShare = kind === undefined ? 0 : KIND_SHARE[kind];
  const kindMass = kindShare * Math.max(0, ...asked.map(({ mass }) => mass));
  const total = share(({ mass }) => mass) + kindMass;
  const isTold = kind !== undefined && tells(kind, text);
  const telling = sentences.filter((one) => kind === undefined || tells(kind, one.text));
  const massOf = (closeTo: (term: AskedTerm) => number) => share((term) => term.mass * closeTo(term));
  const ownMass = share(({ mass }) => mass);
  const shareOf = (closeTo: (term: AskedTerm) => number) => (ownMass === 0 ? 0 : massOf(closeTo) / ownMass);
  const sentenceShares = telling.map((one) => shareOf(sentenceCloseness(one)));
  return {
    coverage: total === 0 ? 0 : (share((term) => term.mass * closenessOf(term)) + (isTold ? kindMass : 0)) / total,
    subject: shareOf(subjectCloseness),
    sentence: Math.max(0, ...sentenceShares),
    pair: question === null ? 0 : matchOfQuestion(asked, question),
    apart: Math.min(3, ...sentences.map((one) => share((term) => classShare(term) * (1 - sentenceCloseness(one)(term))))),
    worst: Math.max(0, ...own.map((term) => classShare(term) * (1 - closenessOf(term)))),
    exact: total === 0 ? 0 : share((term) => (closenessOf(term) === 1 ? term.mass : 0)) / total,
    hinted: Math.min(3, share((term) => (closenessOf(term) > 0 && closenessOf(term) <= HINT ? classShare(term) : 0))),
    found: Math.min(3, share((term) => classShare(term) * closenessOf(term)) + (isTold ? kindShare : 0)),
    missing: Math.min(3, share((term) => classShare(term) * (1 - closenessOf(term))) + (isTold ? 0 : kindShare)),
    foreign: Math.min(3, share((term) => (term.kind === 'unknown' && closenessOf(term) === 0 ? classShare(term) : 0))),
    told: isTold ? 1 : 0,
    untold: kind !== undefined && !isTold ? 1 : 0,
  };
}

const isSameThing = ({ word }: AskedTerm, { things }: Part) =>
  defaultLexicon.thingsOf(word).some((thing) => things.has(thing));

/** „Скидка многодетным“: the discount that is there says nothing of large families. */
function withoutWordsOfOthers(term: AskedTerm, asked: readonly AskedTerm[]): AskedTerm {
  const others = asked
    .filter((other) => other.slot !== term.slot)
    .flatMap(({ terms }) => terms.filter(({ closeness }) => closeness === 1).map(({ lexeme }) => lexeme));
  const isOwn = ({ lexeme, closeness }: AskedTerm['terms'][number]) =>
    closeness > HINT || !others.includes(lexeme);
  return { ...term, terms: term.terms.filter(isOwn) };
}

/** How much of a pair's question was asked. */
function matchOfQuestion(asked: readonly AskedTerm[], question: Part): number {
  const known = new Set(asked.flatMap(({ terms }) => terms.map(({ lexeme }) => lexeme)));
  const { lexemes } = question;
  return lexemes.size === 0 ? 0 : [...lexemes].filter((lexeme) => known.has(lexeme)).length / lexemes.size;
}

import { defaultLexicon } from '../lexicon/lexicon.ts';
import { HINT } from '../retrieval/question-words.ts';
import type { AskedTerm } from '../retrieval/term-weights.ts';
import { type AskedKind, asksOnly, tells } from './asked-kind.ts';
import { classShare, isNumber } from './class-share.ts';
import { closenessIn, type Part, union } from './coverage.ts';
import { echoOf, shareAsked } from './echo.ts';
import { likenessTo } from './likeness.ts';
import { SETTING_SHARE } from './setting-words.ts';
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

/** What speaks for and against a passage as the answer to a question. */
export type Evidence = {
  /** Share of the question, by weight of its words, that the best sentence has of those that tell what is asked for. */
  sentence: number;
  /** How much the most important word counts that the passage lacks. */
  worst: number;
  /**
   * How many of the words that go with those asked the best sentence has with its heading, by their rarity; each more says
   * less. Not the whole passage: the longer one is, the more it has by chance.
   */
  echo: number;
  /** Largest share of a sentence that was asked. */
  dense: number;
  /** How like, by letters, what the passage lacks is to what it has: words of one family that no lexicon joins, slips. */
  likeness: number;
  /** How many numbers the passage lacks. */
  numbers: number;
  /** 1 where a place is asked: an address stands in few texts by chance. */
  place: number;
  /** 1 where a number is asked: some number stands in most texts. */
  number: number;
  /** 1 where it is asked how something is done: bases are written for that. */
  way: number;
};

/** What a passage is about is meant, whatever word is used for it. */
const SUBJECT_CLOSENESS = 0.95;
/** „350 ₽“ tells what „почём“ asks, without any word for it. */
const TOLD_CLOSENESS = 0.9;
/** The title is about the document, not about each passage of it. */
const TITLE_SHARE = 0.5;
/** A word that is had less than so may be meant otherwise. */
const HAD = 0.4;
/** Beyond that, more of it makes nothing surer. */
const MOST_LIKENESS = 1.5;
const MOST_NUMBERS = 3;

/** Weighs one passage against one question. */
export function evidenceOf({ asked, kind }: AskedQuestion, passage: StemmedPassage): Evidence {
  const { title, question, sentences } = passage;
  const subject = union([passage.ownHeading, ...(question === null ? [] : [question])]);
  const everything = union([subject, ...sentences]);
  const telling = sentences.filter(({ text }) => kind === undefined || tells(kind, text));
  const own = withoutHintsOfOthers(asked).map((term) => {
    const inTelling = asksOnly(kind, term.word) ? TOLD_CLOSENESS : 0;
    const isSame = isSameThing(term, subject);
    const inSubject = Math.max(closenessIn(term, subject), isSame ? SUBJECT_CLOSENESS : 0);
    const inText = Math.max(closenessIn(term, everything), TITLE_SHARE * closenessIn(term, title));
    const inPassage = Math.max(inSubject, inText, telling.length > 0 ? inTelling : 0);
    return { term, share: shareOf(term), inSubject, inTelling, inPassage };
  });

  const mass = own.reduce((sum, { term }) => sum + term.mass, 0);
  const covered = (sentence: Part) =>
    own.reduce(
      (sum, { term, inSubject, inTelling }) =>
        sum + term.mass * Math.max(inSubject, inTelling, closenessIn(term, sentence)),
      0,
    );
  const lacked = own.filter(({ inPassage }) => inPassage < HAD);
  return {
    sentence: mass === 0 ? 0 : Math.max(0, ...telling.map(covered)) / mass,
    worst: Math.max(0, ...own.map(({ share, inPassage }) => share * (1 - inPassage))),
    echo: Math.log1p(Math.max(0, ...sentences.map((sentence) => echoOf(asked, union([subject, sentence]))))),
    dense: Math.max(0, ...sentences.map((sentence) => shareAsked(asked, sentence))),
    likeness: Math.min(
      MOST_LIKENESS,
      likenessTo(
        everything,
        lacked.map(({ term, share }) => ({ word: term.word, share })),
      ),
    ),
    numbers: Math.min(MOST_NUMBERS, own.filter((one) => isNumber(one.term) && one.inPassage === 0).length),
    place: kind === 'place' ? 1 : 0,
    number: kind === 'number' ? 1 : 0,
    way: kind === 'way' ? 1 : 0,
  };
}

// „2 дня“ and „3 шт“ stand beside what is asked; „артикул 1108“ is what is asked.
const NAMES_A_THING = /^\d{3,}$/;

/** The question names something by a number that the base has elsewhere: the passage is about another one. */
export function isOfAnotherNumber(asked: readonly AskedTerm[], passage: StemmedPassage): boolean {
  const { title, question, sentences } = passage;
  const named = asked.filter(({ word, kind }) => kind === 'known' && NAMES_A_THING.test(word));
  if (named.length === 0) return false;
  const everything = union([title, ...(question === null ? [] : [question]), ...sentences]);
  return named.some((term) => closenessIn(term, everything) === 0);
}

const shareOf = (term: AskedTerm) => classShare(term) * (term.isSetting === true ? SETTING_SHARE : 1);

/** None of the words is there, nor another for it. */
export const isNothing = ({ echo, sentence }: Evidence) => echo === 0 && sentence === 0;

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

import { splitSentences } from '../text/sentences.ts';
import { type Condition, conditionsIn, isSaid, namingWords, saidIn } from './conditions.ts';
import { once } from './once.ts';
import { isDenied, named } from './promises.ts';
import { quantitiesIn } from './quantities.ts';
import { isSameWord, tellingWords } from './words.ts';

/** A price or a favour with what it is of and what it holds for. */
export type Offer = {
  /** „percent 10“, „rub 850“, „free“. */
  what: string;
  /** Of its own clause with the case beside it, of its sentence, and of what stands above it. */
  words: readonly string[];
  sentence: readonly string[];
  about: readonly string[];
  clause: string;
  conditions: readonly Condition[];
};

const FAVOURS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['free', /бесплатн|даром(?!\p{L})|в подарок|за (?:наш|свой) сч[её]т/iu],
  ['no fine', /без штраф/iu],
  ['instalments', /рассрочк/iu],
  [
    'refund',
    /получ(?:ите|аете|ит|ает) (?:\p{L}+ ){0,2}(?:обратно|назад)|верн(?:[её]м|[её]тся|ут)(?!\p{L})|возвраща(?:ем|ю)(?:тся)?(?!\p{L})|возвраща[ею]тся/iu,
  ],
  ['discount', /скидк/iu],
];
// „Отмена без штрафа за 12 часов“: held to a time of notice.
const OF_NOTICE = new Set(['no fine', 'refund']);
const OFFERED = /бесплатн|даром|подар|сч[её]т|штраф|рассроч|верн[её]|возвра|обратно|назад|скидк|процент/iu;
// What a price or a share is written with, in figures or in words.
const COUNTED = /\d|процент|руб|тыс|₽|%/iu;
// „Предоплата 50 %“ and „плюс 40 %“ do the buyer no favour.
const MORE = /предоплат|плюс|доплат|надбав|наценк|дороже|аванс|задат/iu;
const CLAUSE = /,(?!\d)|[;()\n]|:(?!\d)|\s(?:но|а|иначе)\s/u;
const BEGINS_CASE = /^\s*(?:но |и |а )?(?:только |лишь )?(?:если|при|когда|кроме)(?!\p{L})/iu;
// „От 350 ₽“ and „до 500 ₽“ are bounds, which offer nothing.
const BOUND_BEFORE = /(?<!\p{L})(?:от|до|свыше|более|менее|меньше|больше)\s*$/iu;

/** `above`: what all of the text is about, such as its heading. */
export function offersIn(
  cleaned: string,
  { above = '', isClaim = false }: { above?: string; isClaim?: boolean } = {},
): Offer[] {
  const about = tellingWords(above);
  return splitSentences(named(cleaned)).flatMap((text) => {
    const clauses = text.split(CLAUSE).map((clause) => ({ clause, offered: offeredIn(text, clause) }));
    if (clauses.every(({ offered }) => offered.length === 0)) return [];
    const sentence = telling(text);
    return clauses.flatMap(({ clause, offered }, place) => {
      if (offered.length === 0) return [];
      const beside = [clauses[place - 1], clauses[place + 1]].flatMap((each) =>
        each !== undefined && each.offered.length === 0 && BEGINS_CASE.test(each.clause) ? [each.clause] : [],
      );
      const words = telling([clause, ...beside].join(' '));
      const offer = { words, sentence, about, clause };
      // What an answer says is true or not, whatever it makes it depend on.
      if (isClaim) return offered.map((what) => ({ ...offer, what, conditions: [] }));
      const conditionsOf = (kind: { isOfPrice: boolean; isOfNotice: boolean }) =>
        [clause, ...beside].flatMap((each) => conditionsIn(each, kind));
      // A clause may name hundreds of prices, and has the same conditions for all of them.
      const ofPrice = once(() => conditionsOf({ isOfPrice: true, isOfNotice: false }));
      const ofNotice = once(() => conditionsOf({ isOfPrice: false, isOfNotice: true }));
      const ofFavour = once(() => conditionsOf({ isOfPrice: false, isOfNotice: false }));
      return offered.map((what) => {
        const isOfPrice = what.startsWith('rub');
        const conditions = isOfPrice ? ofPrice : OF_NOTICE.has(what) ? ofNotice : ofFavour;
        return { ...offer, what, conditions: conditions() };
      });
    });
  });
}

const telling = (text: string) => namingWords(text).filter((word) => !OFFERED.test(word));

function offeredIn(sentence: string, clause: string): string[] {
  const favours = FAVOURS.flatMap(([what, pattern]) => {
    const found = pattern.exec(clause);
    return found === null || isDenied(sentence, found[0]) ? [] : [what];
  });
  const counted = COUNTED.test(clause) ? quantitiesIn(clause) : [];
  const amounts = counted.flatMap(({ text, unit, amount }) => {
    const isBound = BOUND_BEFORE.test(clause.slice(0, Math.max(0, clause.indexOf(text))));
    return (unit === 'rub' && !isBound) || (unit === 'percent' && !MORE.test(clause))
      ? [`${unit} ${amount}`]
      : [];
  });
  return [...favours, ...amounts];
}

/**
 * Conditions that an answer leaves out: of a price or favour that its sources make for some cases only, neither it nor
 * the question names the case. „Скидка 10 %“ is no answer where the source says „при заказе от 5 кг“.
 */
export function leftOut({
  answer,
  question,
  facts,
}: {
  answer: string;
  question: string;
  facts: readonly Offer[];
}): string[] {
  const offers = offersIn(answer, { isClaim: true });
  // A price that is repeated is held against the sources once.
  const claims = [
    ...new Map(
      offers.map((each) => [[each.what, ...each.words, '', ...each.sentence].join(' '), each]),
    ).values(),
  ];
  if (claims.length === 0) return [];
  const said = saidIn({ answer, question });
  const asked = telling(question);
  return claims.flatMap((claim) => {
    const same = facts.filter(({ what }) => what === claim.what);
    const meant = nearest([claim.words, claim.sentence, asked], same);
    const unsaid = meant.map(({ conditions }) =>
      conditions.find((each) => !isSaid(each, said, claim.clause)),
    );
    const [first] = unsaid;
    return first === undefined || unsaid.includes(undefined) ? [] : [first.text];
  });
}

// A sentence is of one thing, so that its clause tells little more; a heading is of many.
const IN_CLAUSE = 5;
const IN_SENTENCE = 4;

/** The offers that are most of what a claim speaks of: by its clause, else its sentence, else the question. */
function nearest(texts: readonly (readonly string[])[], offers: readonly Offer[]): readonly Offer[] {
  for (const words of texts) {
    const shares = offers.map((offer) =>
      words.reduce((sum, word) => {
        const isIn = (theirs: readonly string[]) => theirs.some((each) => isSameWord(each, word));
        if (isIn(offer.words)) return sum + IN_CLAUSE;
        return sum + (isIn(offer.sentence) ? IN_SENTENCE : Number(isIn(offer.about)));
      }, 0),
    );
    const best = Math.max(0, ...shares);
    if (best > 0) return offers.filter((_, index) => shares[index] === best);
  }
  return offers;
}

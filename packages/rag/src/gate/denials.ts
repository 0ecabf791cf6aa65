import { foldForSearch } from '../text/normalize.ts';
import { type Assertion, figuresIn } from './assertions.ts';
import { daysIn } from './schedule.ts';
import { isOfPrice as isPriceWord } from './unknown-things.ts';
import { isSameWord, tellingWords } from './words.ts';

// „Не больше 8 человек“ is what „больше 8 человек не размещаем“ says.
const NOT_MORE = /(?<!\p{L})не (?:больше|более|дальше|старше|дольше|выше)(?!\p{L})/iu;

const has = (words: readonly string[], word: string) => words.some((each) => isSameWord(each, word));
const shared = (things: readonly string[], { things: own, about }: Assertion) =>
  things.filter((word) => has(own, word) || has(about, word));

/** Things of which an answer says that there are, where its sources say that there are not, or the other way round. */
export function contradicted({
  claims,
  facts,
  asked,
}: {
  claims: readonly Assertion[];
  facts: readonly Assertion[];
  /** Of the buyer's question: what the claim is about where it does not say so itself. */
  asked: readonly string[];
}): string[] {
  return claims.flatMap((claim) => {
    const found = claim.isDenied ? deniedThough(claim, facts) : affirmedThough({ claim, facts, asked });
    return found === undefined ? [] : [found];
  });
}

function affirmedThough({
  claim,
  facts,
  asked,
}: {
  claim: Assertion;
  facts: readonly Assertion[];
  asked: readonly string[];
}): string | undefined {
  const affirmed = facts.filter(({ isDenied }) => !isDenied);
  const undone = deniedDeed({
    claim,
    facts: affirmed,
    denied: facts.filter(({ isDenied }) => isDenied),
    asked,
  });
  if (undone !== undefined) return undone;
  const denied = facts.filter(
    (fact) =>
      fact.isDenied &&
      !fact.isLimited &&
      !(fact.isOfPrice && claim.isExtra) &&
      (fact.days.length === 0 || fact.days.some((day) => claim.days.includes(day))),
  );
  const others = (word: string) => claim.things.filter((each) => each !== word);
  const isAffirmedBeside = ({ fact, word }: { fact: Assertion; word: string }) =>
    affirmed.some(
      (beside) => beside.sentence === fact.sentence && others(word).some((each) => has(beside.things, each)),
    );
  // Only spoken of where it is denied.
  const onlyDenied = claim.things.find((word) => {
    const where = denied.filter((fact) => has(fact.things, word));
    return (
      !(isPriceWord(word) && claim.figures.length > 0) &&
      where.length > 0 &&
      // „В пассажирский лифт не входит, в грузовой — бесплатно“
      !where.some((fact) => isAffirmedBeside({ fact, word })) &&
      !affirmed.some(({ things, about }) => has(things, word) || has(about, word))
    );
  });
  if (onlyDenied !== undefined) return onlyDenied;
  // „Тумбы под 60 литров не делаем“
  const ofItsSize = denied.find(
    ({ things, figures }) =>
      figures.length > 0 &&
      !NOT_MORE.test(claim.sentence) &&
      figures.every((figure) => claim.figures.includes(figure)) &&
      things.every((word) => has(claim.things, word)),
  );
  if (ofItsSize !== undefined) return ofItsSize.things.join(' ');
  const rival = denied.find((fact) => {
    const mine = shared(claim.things, fact);
    const isAll = fact.things.every((word) => has(claim.things, word) || has(asked, word));
    return (
      isAll &&
      mine.length > 1 &&
      affirmed.every((other) => {
        const theirs = shared(claim.things, other);
        return theirs.length < mine.length && theirs.every((word) => mine.includes(word));
      })
    );
  });
  return rival?.things.join(' ');
}

const LACKED = /(?<!\p{L})без\s+(\p{L}+)/giu;
const lackedIn = (sentence: string) =>
  [...sentence.matchAll(LACKED)].flatMap(([, word = '']) => tellingWords(word));

const NOT_DONE = /(?<!\p{L})не (\p{L}{3,}(?:ем|[её]м|им|[аяеу]ю))(?!\p{L})/giu;

/** „Обувь в прокат сдаём“ where they say „обувь выдаём на примерку, в прокат не сдаём“: the same deed, of the same things. */
function deniedDeed({
  claim,
  facts,
  denied,
  asked,
}: {
  claim: Assertion;
  facts: readonly Assertion[];
  denied: readonly Assertion[];
  asked: readonly string[];
}): string | undefined {
  const isOf = (word: string) => has(claim.things, word) || has(asked, word);
  return denied
    .filter(
      ({ things, figures, days, isOfPrice }) =>
        things.length > 0 &&
        figures.length === 0 &&
        days.length === 0 &&
        !isOfPrice &&
        things.every(isOf) &&
        things.some((word) => has(claim.things, word)),
    )
    .flatMap(({ sentence, things }) =>
      [...sentence.matchAll(NOT_DONE)].flatMap(([text, deed = '']) => {
        const verb = foldForSearch(deed);
        const said = foldForSearch(claim.sentence);
        const isClaimed = said.split(' ').includes(verb) && !said.includes(foldForSearch(text));
        const isAffirmed = facts.some(
          (fact) => has(fact.words, verb) && things.every((word) => has(fact.things, word)),
        );
        return isClaimed && !isAffirmed ? [things.join(' ')] : [];
      }),
    )[0];
}

function deniedThough({ things, figures, days }: Assertion, facts: readonly Assertion[]): string | undefined {
  const isOfSameCase = ({ sentence }: Assertion) => {
    const theirs = daysIn(sentence);
    return (
      figures.every((figure) => figuresIn(sentence).includes(figure)) &&
      (theirs.size === 0 || days.every((day) => [...theirs].some((each) => each === day)))
    );
  };
  const isCovered = facts.some(
    (fact) =>
      !fact.isDenied &&
      !fact.isLimited &&
      isOfSameCase(fact) &&
      shared(things, fact).length === things.length &&
      fact.things.some((word) => has(things, word)),
  );
  // „Слушается без подписки; с подпиской открывается весь каталог“: either is so.
  const isBorneOut = facts.some(
    (fact) =>
      (fact.isDenied && shared(things, fact).length === things.length) ||
      (things.length === 1 && lackedIn(fact.sentence).some((word) => has(things, word))),
  );
  return isCovered && !isBorneOut ? things.join(' ') : undefined;
}

import { isSaidIn, sayings } from './agreed-things.ts';
import { boundsIn, codesWithin } from './bounds.ts';
import { type Claim, claimedIn, thingsClaimed } from './claimed-things.ts';
import { numeralsToFigures } from './numerals.ts';
import { affirmedParts } from './promises.ts';
import type { Ground } from './read-ground.ts';
import { isThing } from './unknown-things.ts';
import { editSimilarity } from '../retrieval/edit-similarity.ts';
import { allNamesIn, codesIn, isOtherCode, tellingWords, withoutDays } from './words.ts';

/**
 * Things of which an answer says that they are to be had, and of which no source has a word: „да, у нас есть кафе“. What
 * the buyer asks for in several words („красные розы“) one sentence of theirs must have a word of each.
 */
export function unknownThings({
  sentences,
  question,
  grounds,
}: {
  sentences: readonly string[];
  question: string;
  grounds: readonly Ground[];
}): string[] {
  const asked = tellingWords(question);
  return sentences
    .filter((sentence) => !sentence.trimEnd().endsWith('?'))
    .flatMap((sentence) => claimedIn(affirmedParts(numeralsToFigures(sentence))))
    .flatMap((claim) => unknownOf({ claim, asked, grounds }) ?? []);
}

function unknownOf({
  claim,
  asked,
  grounds,
}: {
  claim: Claim;
  asked: readonly string[];
  grounds: readonly Ground[];
}): string | undefined {
  const { own, his } = thingsClaimed(claim, asked);
  const isKnown = (each: ReturnType<typeof sayings>[number]) =>
    grounds.some(({ words }) => isSaidIn(each, words));
  const things = sayings([...new Set([...own, ...his])].join(' '));
  const unknown = things.find(
    (each) => !isKnown(each) && !(his.includes(each.word) && isSlip(each.word, grounds)),
  );
  if (unknown !== undefined) return unknown.word;
  const [code] = unknownCodes(claim.text, grounds);
  if (code !== undefined) return code;
  if (claim.isVerbless) return undefined;
  if (claim.isYes && things.length === 0) {
    // „Да, делаем“ says it of what was asked.
    const meant = sayings(asked.filter(isThing).join(' '));
    return meant.some((each) => isKnown(each) || isSlip(each.word, grounds)) ? undefined : meant[0]?.word;
  }
  // Which days, is told by the timetable.
  const together = sayings(withoutDays(his).join(' '));
  // A single word has been found already; sentences are read only for several.
  if (together.length < 2) return undefined;
  const isTold = grounds.some(({ about, affirmed }) =>
    affirmed.some((each) => {
      const words = allNamesIn(`${about} ${each}`);
      return together.every((word) => isSaidIn(word, words));
    }),
  );
  return isTold ? undefined : together.map(({ word }) => word).join(' ');
}

const SHORTEST_SLIP = 7;
const ALIKE = 0.75;
/** „Упоковка“, as the buyer writes it, is a word of theirs. */
const isSlip = (word: string, grounds: readonly Ground[]) =>
  word.length >= SHORTEST_SLIP &&
  grounds.some(({ words }) =>
    words.some((other) => other[0] === word[0] && editSimilarity(word, other) >= ALIKE),
  );

/** „М400“ where they name M200 and M300, or say that there is none. */
function unknownCodes(text: string, grounds: readonly Ground[]): string[] {
  const codes = codesIn(tellingWords(text));
  if (codes.length === 0) return [];
  const known = grounds.flatMap(({ affirmed }) =>
    affirmed.flatMap((each) => [...tellingWords(each), ...boundsIn(each).flatMap(codesWithin)]),
  );
  return codes.filter((code) => isOtherCode([code], known));
}

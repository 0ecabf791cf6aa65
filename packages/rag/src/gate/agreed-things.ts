import { defaultLexicon } from '../lexicon/lexicon.ts';
import { isLight } from '../lexicon/light-words.ts';
import type { Ground } from './read-ground.ts';
import { isThing } from './unknown-things.ts';
import { isSameWord, tellingWords } from './words.ts';

/** Words of a text with what else says the same: other words for their things, and what a base says to those who ask so. */
type Asked = { word: string; things: ReadonlySet<number>; hints: readonly string[] };

export function sayings(text: string): Asked[] {
  return tellingWords(text)
    .filter((word) => !/\d/.test(word) && (!isLight(word) || defaultLexicon.thingsOf(word).length > 0))
    .map((word) => {
      const things = defaultLexicon.thingsOf(word);
      const hints = things.flatMap((thing) => defaultLexicon.things[thing]?.hints ?? []);
      return { word, things: new Set(things), hints };
    });
}

// The buyer's own word says it best, a hint least.
const ANOTHER_WORD = 0.9;
const HINT = 0.6;

function saidIn({ word, things, hints }: Asked, said: readonly string[]): number {
  if (said.some((other) => isSameWord(word, other))) return 1;
  if (said.some((other) => defaultLexicon.thingsOf(other).some((thing) => things.has(thing))))
    return ANOTHER_WORD;
  return hints.some((hint) => said.some((other) => isSameWord(hint, other))) ? HINT : 0;
}

/** Whether words say one in this or in another word; a hint says it of a kind („торт“ to who asks for „эклеры“). */
export const isSaidIn = (asked: Asked, said: readonly string[]) => saidIn(asked, said) > HINT;

/**
 * What a bare „да“ agrees to against its sources, in whatever words they deny it: „в Москву отвезёте?“ – „в другие города
 * не возим“. No denial may speak of as much of the question as what they affirm does, nor may they know less than half
 * of its things.
 */
export function unprovenYes({ text, grounds }: { text: string; grounds: readonly Ground[] }): string[] {
  const asked = sayings(text);
  const saidBy = (words: readonly string[]) => asked.reduce((sum, each) => sum + saidIn(each, words), 0);
  const facts = grounds.flatMap(({ assertions }) => assertions);
  // „С собаками на сапборды нельзя, в лодки можно“: a clause that affirms may leave its thing to the one before it.
  const affirmed = [
    ...facts
      .filter(({ isDenied }) => !isDenied)
      .map(({ sentence, about }) => `${about.join(' ')} ${sentence}`),
    ...grounds.flatMap((ground) => ground.affirmed.map((sentence) => `${ground.about} ${sentence}`)),
  ].map((sentence) => saidBy(tellingWords(sentence)));
  const best = Math.max(0, ...affirmed);
  const isDenied = facts.some((fact) => {
    if (!fact.isDenied) return false;
    const said = saidBy([...fact.words, ...fact.about]);
    return said > best || (said > 0 && said === best && !fact.isLimited);
  });
  const things = asked.filter(({ word }) => isThing(word));
  const known = things.filter((each) => grounds.some(({ words }) => saidIn(each, words) > 0));
  const isUnproven = isDenied || things.length - known.length > known.length;
  return isUnproven ? [asked.map(({ word }) => word).join(' ')] : [];
}

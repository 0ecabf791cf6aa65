import { commonPhrases } from './common-phrases.ts';

/**
 * What words mean beside others: „где принимаете“ asks for the address, „принимаете карты“ does not. One phrase a line:
 * words in their order, parted by ` + ` and up to two others apart, each of them stems parted by spaces (`=` ends a whole
 * word); after `>` what a base says of it. The meaning belongs to the last word, or stands by itself where that is a
 * mere question word.
 */
type Phrase = { steps: readonly (readonly string[])[]; means: readonly string[] };

const FARTHEST = 3;

const phrases: readonly Phrase[] = [commonPhrases].flatMap((text) =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parsePhrase),
);

function parsePhrase(line: string): Phrase {
  const [words = '', means = ''] = line.split(' > ');
  const steps = words.split('+').map((step) => step.trim().split(/\s+/).filter(Boolean));
  return { steps: steps.filter((step) => step.length > 0), means: means.trim().split(/\s+/) };
}

// Most phrases begin with a mere question word; how they end tells them apart.
const byEnd = new Map<string, Set<Phrase>>();
for (const phrase of phrases) {
  for (const stem of phrase.steps.at(-1) ?? []) {
    const beginning = stem.replace('=', '').slice(0, 2);
    byEnd.set(beginning, (byEnd.get(beginning) ?? new Set()).add(phrase));
  }
}

/** The phrases that may end in one of the words. */
const phrasesFor = (words: readonly string[]) =>
  new Set(words.flatMap((word) => [1, 2].flatMap((length) => [...(byEnd.get(word.slice(0, length)) ?? [])])));

const isOneOf = (word: string, stems: readonly string[]) =>
  stems.some((stem) => (stem.endsWith('=') ? word === stem.slice(0, -1) : word.startsWith(stem)));

/** The last word of the phrase in the words; undefined where they have not the phrase. */
function lastWordOf({ steps }: Phrase, words: readonly string[]): string | undefined {
  const from = (step: number, place: number): string | undefined => {
    const stems = steps[step];
    if (stems === undefined) return words[place];
    const end = step === 0 ? words.length : place + 1 + FARTHEST;
    for (let next = step === 0 ? 0 : place + 1; next < Math.min(end, words.length); next += 1) {
      if (!isOneOf(words[next] ?? '', stems)) continue;
      const found = from(step + 1, next);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return from(0, -1);
}

/** What words of a question mean in it, by word; folded words in, folded words out. */
export function phraseMeanings(words: readonly string[]): Map<string, string[]> {
  const meanings = new Map<string, string[]>();
  for (const phrase of phrasesFor(words)) {
    const word = lastWordOf(phrase, words);
    if (word !== undefined) meanings.set(word, [...(meanings.get(word) ?? []), ...phrase.means]);
  }
  return meanings;
}

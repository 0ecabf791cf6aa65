import { createRandom, pick, type Random } from '../random.ts';

const ONSETS =
  'б в г д ж з к л м н п р с т ф х ц ч ш бр вл гр др зн кл кр пл пр св ск сл см ст стр тр хр'.split(' ');
const VOWELS = 'а е и о у ы я'.split(' ');
const CODAS = ' н р л т к в д с м ль рт ст нк'.split(' ');
const ENDINGS = ' а у ом е ы ов ам ами ах'.split(' ');
/** Zipf's law without its steep beginning: there stand the words that the index does not hold. */
const ZIPF_SHIFT = 20;
const WORDS_PER_CHUNK = { least: 35, most: 65 };
const WORDS_PER_QUESTION = { least: 4, most: 9 };
const MISSPELT = 0.1;
const OPENINGS = ['здравствуйте подскажите', 'а', 'добрый день интересует', '', '', 'скажите пожалуйста'];

export type TextSource = { chunk: () => string; questionAbout: (chunk: string) => string };

/**
 * Texts of Russian sound and inflection over a vocabulary of `words` stems; the same for the same seed. `known` are real
 * words, which stand for the most frequent ones.
 */
export function createTextSource({
  seed,
  words,
  known = [],
}: {
  seed: number;
  words: number;
  known?: readonly string[];
}): TextSource {
  const random = createRandom(seed);
  const ofQuestions = createRandom(seed + 1);
  const stems = inventStems(random, words);
  const bounds = cumulative(Float64Array.from(stems, (_, rank) => 1 / (rank + ZIPF_SHIFT)));
  const word = () => {
    const rank = rankAt(bounds, random());
    return known[rank] ?? `${stems[rank]}${oneOf(random, ENDINGS)}`;
  };
  return {
    chunk: () => {
      const length = between(random, WORDS_PER_CHUNK);
      const chosen = Array.from({ length }, (_, index) => word() + (index % 9 === 8 ? '.' : ''));
      return `${chosen.join(' ')}.`;
    },
    questionAbout: (chunk) => {
      const ofChunk = chunk.match(/\p{L}+/gu) ?? [];
      const asked = Array.from({ length: between(ofQuestions, WORDS_PER_QUESTION) }, () =>
        oneOf(ofQuestions, ofChunk),
      );
      const typed = asked.map((each) => (ofQuestions() < MISSPELT ? misspell(each, ofQuestions) : each));
      return `${oneOf(ofQuestions, OPENINGS)} ${typed.join(' ')}?`.trim();
    },
  };
}

/** The word with two neighbouring letters swapped, one letter left out, doubled or replaced. Short words stay. */
export function misspell(word: string, random: Random): string {
  const letters = Array.from(word);
  if (letters.length < 4) return word;
  const at = 1 + pick(random, letters.length - 2);
  const letter = letters[at] ?? '';
  const kinds = [
    [at, 2, letters[at + 1] ?? '', letter],
    [at, 1],
    [at, 1, letter, letter],
    [at, 1, String.fromCodePoint('а'.charCodeAt(0) + pick(random, 32))],
  ] as const;
  const [start, count, ...inserted] = oneOf(random, kinds);
  letters.splice(start, count, ...inserted);
  return letters.join('');
}

function inventStems(random: Random, count: number): string[] {
  const stems = new Set<string>();
  while (stems.size < count) {
    const syllables = 2 + pick(random, 3);
    const parts = Array.from({ length: syllables }, () => oneOf(random, ONSETS) + oneOf(random, VOWELS));
    stems.add(parts.join('') + oneOf(random, ONSETS.slice(0, 19)) + oneOf(random, CODAS));
  }
  return [...stems];
}

function cumulative(weights: Float64Array): Float64Array {
  let sum = 0;
  const sums = weights.map((weight) => (sum += weight));
  return sums.map((each) => each / sum);
}

/** The first rank whose bound is not below the share. */
function rankAt(bounds: Float64Array, share: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bounds[middle] ?? 1) < share) low = middle + 1;
    else high = middle;
  }
  return low;
}

function oneOf<T>(random: Random, values: readonly T[]): T {
  const value = values[pick(random, values.length)];
  if (value === undefined) throw new RangeError('one of nothing');
  return value;
}

const between = (random: Random, { least, most }: { least: number; most: number }) =>
  least + pick(random, most - least + 1);

import { nearStems } from './near-stems.ts';
import { plainForms } from './plain-forms.ts';

/**
 * Words for one thing. Written one thing a line: `стем/окончание/окончание`, where the stem by itself is a word too, and
 * every word that begins with the stem is meant, unless it is shorter than four letters or ends in `=`. What follows `>`
 * is what a base says to those who ask so: „сломается“ asks for the warranty, but a warranty breaks nothing; what follows
 * `>>` answers by itself: „какого цвета?“ – „серый“, though whoever asks for grey is not told by „белый“. A line that
 * begins with `~` lists kinds of one thing: Kazan is not Samara, but a base says of both „в другие города“.
 */
type Thing = { words: readonly string[]; hints: readonly string[]; answers: readonly string[] };

export type Lexicon = {
  things: readonly Thing[];
  /** Places in `things` of what a folded word may mean; empty for a word that is not listed. */
  thingsOf: (word: string) => readonly number[];
  /** Those that a word may mean which has one slip in it; what is spelt right is asked of `thingsOf`. */
  thingsNear: (word: string) => readonly number[];
};

const SHORTEST_PREFIX = 4;
const MOST_REMEMBERED = 20_000;
const KINDS = /^\s*~/;

export function parseLexicon(texts: readonly string[]): Lexicon {
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '');
  const exact = new Map<string, Set<number>>();
  const prefixes = new Map<string, Set<number>>();
  const things = lines.flatMap(parseLine).map(({ entries, hints, answers }, index) => {
    for (const { stem, forms, isExact } of entries) {
      if (isExact) for (const form of forms) noteUnder(exact, form, index);
      else noteUnder(prefixes, stem, index);
    }
    return { words: distinctStems(entries.flatMap(({ forms }) => forms)), hints, answers };
  });
  const longest = Math.max(0, ...[...prefixes.keys()].map(({ length }) => length));
  const lookUp = (word: string) => {
    const found = new Set(exact.get(word));
    for (let length = SHORTEST_PREFIX; length <= Math.min(longest, word.length); length += 1) {
      for (const index of prefixes.get(word.slice(0, length)) ?? []) found.add(index);
    }
    return [...found];
  };
  const findThings = (word: string): readonly number[] => {
    const found = lookUp(word);
    return found.length > 0 ? found : distinct(plainForms(word).flatMap(lookUp));
  };
  // A question's words are compared with every sentence that was found.
  const remembered = new Map<string, readonly number[]>();
  // Built for the first word that needs it: most processes never ask.
  let near: ReturnType<typeof nearStems> | undefined;
  return {
    things,
    thingsOf: (word) => {
      const known = remembered.get(word);
      if (known !== undefined) return known;
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      const found = findThings(word);
      remembered.set(word, found);
      return found;
    },
    thingsNear: (word) => {
      near ??= nearStems([...prefixes.keys()]);
      return distinct(near(word).flatMap((stem) => [...(prefixes.get(stem) ?? [])]));
    },
  };
}

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];

type Entry = { stem: string; forms: string[]; isExact: boolean };

type Line = { entries: Entry[]; hints: string[]; answers: string[] };

function parseLine(line: string): Line[] {
  const [before = '', answering = ''] = line.replace(KINDS, '').split('>>');
  const [words = '', after = ''] = before.split('>');
  const entries = tokensOf(words).map(parseEntry);
  const [hints, answers] = [tokensOf(after), tokensOf(answering)];
  const lineOf = (of: Entry[]): Line => ({ entries: of, hints, answers });
  return KINDS.test(line) ? entries.map((entry) => lineOf([entry])) : [lineOf(entries)];
}

const tokensOf = (text: string) => text.toLowerCase().replaceAll('ё', 'е').split(/\s+/).filter(Boolean);

function parseEntry(token: string): Entry {
  const [marked = '', ...endings] = token.split('/');
  const stem = marked.replace(/=$/, '');
  const isExact = marked.endsWith('=') || stem.length < SHORTEST_PREFIX;
  const root = stem.replace(/[аеиоуыэюяьй]$/u, '');
  return {
    // „Граница“ also begins „границей“; what has endings is cut where it should be: „прода/жа“ is no „продление“.
    stem: isExact || endings.length > 0 || root.length < SHORTEST_PREFIX ? stem : root,
    forms: [stem, ...endings.map((ending) => stem + ending)],
    isExact,
  };
}

// What the index's stemmer takes off anyway, of „состоян“ too, which it takes for a participle: one of such forms is
// enough to look up.
const ENDING =
  /(?:ами|ями|ого|его|ому|ему|ыми|ими|ов|ев|ей|ам|ям|ах|ях|ом|ем|ой|ую|юю|ый|ий|ая|яя|ое|ее|ые|ие|ых|их|ия|ию|ии|[аеиоуыюяь]|(?<=[ая])(?:нн|[нл])|ен|ил|ят|ост)$/u;
const SHORTEST_STEM = 3;

function distinctStems(forms: readonly string[]): string[] {
  const stemOf = (form: string) => {
    const stem = form.replace(ENDING, '');
    return stem.length < SHORTEST_STEM ? form : stem;
  };
  return [...new Map(forms.toReversed().map((form) => [stemOf(form), form])).values()].toReversed();
}

function noteUnder(map: Map<string, Set<number>>, key: string, index: number): void {
  const known = map.get(key) ?? new Set();
  known.add(index);
  map.set(key, known);
}

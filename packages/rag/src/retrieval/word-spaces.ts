/** Those that stick to the word behind them, the longest first. */
const BEFORE =
  /^(?:сколько|почему|почем|какие|какой|какая|какое|можно|когда|если|есть|ли|где|как|не|на|по|от|до|из|во|со|за|а|в|с|у|к|и)/u;
const BEHIND = /(?:есть|сколько|можно|почем|ли|как)$/u;
/** What is left of shorter words is another word by chance. */
const SHORTEST_REST = 5;

/** A folded word with its neighbour on either side, as one word: „рас срочка“. */
export function joinedWords(word: string, folded: readonly string[]): string[] {
  const place = folded.indexOf(word);
  if (place < 0 || !isWord(word)) return [];
  const [before, after] = [folded[place - 1], folded[place + 1]];
  return [
    ...(before !== undefined && isWord(before) ? [before + word] : []),
    ...(after !== undefined && isWord(after) ? [word + after] : []),
  ];
}

const isWord = (word: string) => /^\p{L}+$/u.test(word);

/** What is left of a folded word without one that asks or leads on, for „вналичии“, „доставкаесть“. */
export function withoutStuckWord(word: string): string[] {
  const rests = [word.replace(BEFORE, ''), word.replace(BEHIND, '')];
  return [...new Set(rests)].filter((rest) => rest !== word && rest.length >= SHORTEST_REST);
}

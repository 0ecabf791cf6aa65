/** What was last said in a chat, oldest first, without Avito's own messages. Times in milliseconds. */
export type TailMessage = { author: 'buyer' | 'us' | 'operator'; text: string | null; at: number };

/** Letters and digits only: a text repeated with other capitals, spaces or marks is the same text. */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The buyer's messages between our answers: what he wrote before each of them, and what waits for one now. */
function rounds(tail: readonly TailMessage[]): string[] {
  const texts: string[][] = [[]];
  for (const { author, text } of tail) {
    if (author === 'buyer') texts.at(-1)?.push(foldText(text ?? ''));
    else if (texts.at(-1)?.length !== 0) texts.push([]);
  }
  return texts.filter((round) => round.length > 0).map((round) => [...new Set(round)].join(' '));
}

/** How many times in a row the buyer wrote the same, answered each time but the last. */
export function repeatsInARow(tail: readonly TailMessage[]): number {
  const all = rounds(tail).toReversed();
  const [last] = all;
  // Images and voice have no text: two of them need not be the same.
  if (last === undefined || last === '') return 0;
  const end = all.findIndex((round) => round !== last);
  return end === -1 ? all.length : end;
}

/** How many of our last messages in a row were answered that fast, going back at most `withinMs` from the newest. */
export function fastExchanges(
  tail: readonly TailMessage[],
  { withinMs, answeredWithinMs }: { withinMs: number; answeredWithinMs: number },
): number {
  const newest = tail.at(-1);
  if (newest?.author !== 'buyer') return 0;
  let count = 0;
  for (let index = tail.length - 1; index > 0; index -= 1) {
    const answer = tail[index];
    const ours = tail[index - 1];
    if (ours === undefined || answer === undefined || ours.author === 'operator') break;
    if (newest.at - ours.at > withinMs) break;
    if (ours.author !== 'us' || answer.author !== 'buyer') continue;
    if (answer.at - ours.at > answeredWithinMs) break;
    count += 1;
  }
  return count;
}

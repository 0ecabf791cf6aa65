import { assertionsIn } from './assertions.ts';
import { BEGINS_WITH_YES } from './claimed-things.ts';
import { contradicted } from './denials.ts';
import type { Ground } from './read-ground.ts';

const LIMITED =
  /(?<!\p{L})(?:не|нет|нельзя|без|только|лишь|кроме|если|но|кажд\p{L}+|при|от|до|за исключением)(?!\p{L})/iu;
const OWN_YES = /^[^.!?\n]*/u;
// „Торт без глютена“ is „безглютеновый торт“.
const WITHOUT = /(?<!\p{L})без\s+(\p{L}{4,})/giu;
const whole = (text: string) => text.replaceAll(WITHOUT, 'без$1');

/**
 * What „да, приносите, всё примем“ says yes to: things of the buyer's question that the sources only deny. An answer that
 * says more than yes names them in other words, or not at all.
 */
export function deniedByYes({
  answer,
  question,
  grounds,
}: {
  answer: string;
  question: string;
  grounds: readonly Ground[];
}): string[] {
  const [first = ''] = OWN_YES.exec(answer) ?? [];
  if (!BEGINS_WITH_YES.test(first) || LIMITED.test(whole(answer))) return [];
  const claims = assertionsIn(whole(question).replaceAll('?', '.')).filter(
    ({ isDenied, isLimited }) => !isDenied && !isLimited,
  );
  return claims.length === 0
    ? []
    : contradicted({ claims, facts: grounds.flatMap(({ assertions }) => assertions), asked: [] });
}

import { EXISTS } from './claimed-things.ts';
import { isDenied } from './promises.ts';
import type { Quantity } from './quantities.ts';
import type { Ground } from './read-ground.ts';

// „Скальники 45 размера“, „щебень 40–70“: what stands behind its thing and counts none.
const SIZE_BEHIND =
  /^(?:\s?[–—-]\s?\d+)?(?:[-–]?(?:го|й|ого|ый))?\s*(?:размер\p{L}*|номер\p{L}*|фракци\p{L}*)?\s*(?:[,.!;]|$|есть|в наличии|име|тоже|найд)/iu;
const RANGE = /(?<![\d.,])(\d+)\s?(?:[–—-]|до|по)\s?(\d+)(?!\d)/gu;

/** Whether a number names a size of which an answer says that it is to be had, where no range of the sources has it. */
export function isSizeToBeHad({
  quantity: { text: number, unit },
  text,
  grounds,
}: {
  quantity: Quantity;
  text: string;
  grounds: readonly Ground[];
}): boolean {
  const start = text.indexOf(number);
  if (unit !== undefined || start < 0 || !EXISTS.test(text) || isDenied(text, number)) return false;
  if (!SIZE_BEHIND.test(text.slice(start + number.length))) return false;
  const size = Number(number);
  return !grounds.some(({ affirmed }) =>
    affirmed.some((each) =>
      [...each.matchAll(RANGE)].some(([, least, most]) => Number(least) <= size && size <= Number(most)),
    ),
  );
}

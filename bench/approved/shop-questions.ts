import { pick, type Random } from '../random.ts';

// What buyers ask, word for word the same in every shop: the hard case for an index by likeness.
const FRAMES = [
  'сколько стоит',
  'есть ли в наличии',
  'какая гарантия на',
  'сколько идёт доставка',
  'можно ли вернуть',
  'подойдёт ли на мою модель',
  'можно оплатить картой при получении',
  'отправите в другой город',
  'какой размер у',
  'торг уместен на',
];
const TAILS = [
  '',
  '',
  'и сколько ждать',
  'если взять две штуки',
  'в рассрочку на год',
  'с доставкой до двери',
];

/** A question of a shop about two things out of `things`. */
export function shopQuestion(random: Random, things: readonly string[]): string {
  const oneOf = (values: readonly string[]) => values[pick(random, values.length)] ?? '';
  const words = [oneOf(FRAMES), oneOf(things), oneOf(things), oneOf(TAILS)];
  return `${words.filter((word) => word !== '').join(' ')}?`;
}

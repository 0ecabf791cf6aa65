import { foldForSearch } from '../text/normalize.ts';

// „Напиши: „…““, "reply with “…”": an order to say, and the words. A question after „скажите:“ dictates nothing.
const ORDER =
  /(?<!\p{L})(?:скажи|говори|напиши|ответь|ответьте|отвечай|повтори|повторяй|пиши|сообщи|сообщай|добавь|добавляй|начинай|заканчивай|say|reply|answer|respond|write|print|repeat)(?:те)?(?!\p{L})[^:«»“”„"\n]{0,60}(?:[:—-]\s*[«“„"]?|[«“„"])(?<words>[^«»“”„"\n]+)/giu;
// „Скажи, что вы закрываетесь“: the words are less sure to be the whole of it, so more of them must be the same.
const ORDER_THAT =
  /(?<!\p{L})(?:скажи|напиши|ответь|повтори|сообщи|подтверди|say|reply|confirm)(?:те)?,?\s+(?:мне,?\s+|покупателям,?\s+)?(?:что|that)\s+(?<words>[^«»“”„"\n]+)/giu;
const MIN_WORDS = 2;
const MIN_WORDS_THAT = 3;

/** Words that the buyer ordered to be said, which the answer says and no source does; undefined when there are none. */
export function dictatedWords({
  answer,
  question,
  grounds,
}: {
  answer: string;
  question: string;
  grounds: string;
}): string | undefined {
  const orders = [
    ...[...question.matchAll(ORDER)].map((order) => ({ order, least: MIN_WORDS })),
    ...[...question.matchAll(ORDER_THAT)].map((order) => ({ order, least: MIN_WORDS_THAT })),
  ];
  if (orders.length === 0) return undefined;
  const said = ` ${foldForSearch(answer)} `;
  const known = ` ${foldForSearch(grounds)} `;
  return orders
    .map(({ order: { groups }, least }) => ({ words: groups?.['words']?.trim() ?? '', least }))
    .filter(({ words }) => !words.endsWith('?'))
    .find(({ words, least }) => {
      const folded = foldForSearch(words);
      const isLong = folded.split(' ').length >= least;
      return isLong && said.includes(` ${folded} `) && !known.includes(` ${folded} `);
    })?.words;
}

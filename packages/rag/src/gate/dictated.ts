import { foldForSearch } from '../text/normalize.ts';

// „Напиши: „…““, "reply with “…”": an order to say, and the words. A question after „скажите:“ dictates nothing.
const ORDER =
  /(?<!\p{L})(?:скажи|напиши|ответь|ответьте|отвечай|повтори|пиши|сообщи|say|reply|answer|respond|write|print|repeat)(?:те)?(?!\p{L})[^:«»“”„"\n]{0,60}(?:[:—-]\s*[«“„"]?|[«“„"])(?<words>[^«»“”„"\n]+)/giu;
const MIN_WORDS = 2;

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
  const said = ` ${foldForSearch(answer)} `;
  const known = ` ${foldForSearch(grounds)} `;
  return [...question.matchAll(ORDER)]
    .map(({ groups }) => groups?.['words']?.trim() ?? '')
    .filter((words) => !words.endsWith('?'))
    .find((words) => {
      const folded = foldForSearch(words);
      const isLong = folded.split(' ').length >= MIN_WORDS;
      return isLong && said.includes(` ${folded} `) && !known.includes(` ${folded} `);
    });
}

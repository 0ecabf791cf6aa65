import { defaultLexicon } from '../lexicon/lexicon.ts';
import { isLight } from '../lexicon/light-words.ts';
import { foldedWords } from '../text/normalize.ts';
import { sameThingAs } from './same-thing.ts';
import { isSameWord, tellingWords } from './words.ts';

// What a shop says without a word of its base.
const COURTESY =
  /^(?:рад[аы]?|помо\p{L}+|сожалени\p{L}*|увид\p{L}+|жд[её]м|приход\p{L}+|приезжа\p{L}+|заход\p{L}+|обраща\p{L}+|пиш\p{L}+|сведени\p{L}*|данн\p{L}{2}|указан\p{L}*|переда\p{L}+|уточн\p{L}+|ответ\p{L}*|отвеч\p{L}*|подсказ\p{L}+|задержк\p{L}|ожидани\p{L}+|недоразумени\p{L}+|неудобств\p{L}+|покупк\p{L}|праздник\p{L}*|настроени\p{L}+|здоровь\p{L}|удачи?|появ\p{L}+|возник\p{L}+|оста\p{L}+|к|о|об|со|во|через|вернитесь|продавц\p{L}*|сотрудник\p{L}*|менеджер\p{L}*|оператор\p{L}*|коллег\p{L}*|владел\p{L}+|хозя\p{L}+|покупател\p{L}*|собеседник\p{L}*)$/u;
const RUSSIAN = /^\p{Script=Cyrillic}{2,}$/u;
const FEWEST = 2;

/**
 * Sentences of an answer of which the sources have no word, or one by chance: what a buyer makes a model say of politics, of health, of himself.
 * A question claims nothing, a sentence in another language is none of ours to compare.
 */
export function strangeSentences({
  sentences,
  known,
  question,
}: {
  sentences: readonly string[];
  /** Words of the sources, and of what the seller has said. */
  known: readonly string[];
  question: string;
}): string[] {
  const asked = tellingWords(question);
  return sentences.filter((sentence) => {
    if (sentence.trimEnd().endsWith('?')) return false;
    const words = tellingWords(sentence);
    const named = words.filter((word) => !/\d/u.test(word));
    const russian = named.filter((word) => RUSSIAN.test(word));
    if (2 * russian.length < named.length) return false;
    const telling = named.filter((word) => !isLight(word) && !COURTESY.test(word));
    if (telling.length < FEWEST) return false;
    const names = (word: string) => !isLight(word) || defaultLexicon.thingsOf(word).length > 0;
    const naming = foldedWords(sentence).filter(names);
    const isWritten = (word: string) => known.some((other) => isSameWord(other, word));
    // Most sentences have two such words; the lexicon is asked for the others.
    if (naming.filter(isWritten).length >= FEWEST) return false;
    const isOurs = (word: string) => names(word) && known.some(sameThingAs(word));
    const ours = naming.filter(isOurs).length;
    if (ours >= FEWEST) return false;
    const ofNobody = telling.filter((word) => !isOurs(word) && !asked.some(sameThingAs(word)));
    return ofNobody.length >= FEWEST + ours;
  });
}

import { defaultLexicon } from '../lexicon/lexicon.ts';
import { isLight } from '../lexicon/light-words.ts';
import { numeralsToFigures } from './numerals.ts';
import { isThing } from './unknown-things.ts';
import { tellingWords } from './words.ts';

const COUNTED =
  /(?<![\p{L}\p{N}-]|[\d.,½¼¾]\s?)(?<before>[\p{L}\p{N}-]+)\s+(?:рубл(?:ей|я)(?!\p{L})|процент(?:ов|а)(?!\p{L})|₽|%)/giu;
// „Сколько рублей“, „тысяч рублей“ behind its figure, „рублей и процентов“.
const BEFORE_UNIT =
  /^(?:сколько|столько|несколько|много|мало|больше|меньше|тыс\p{L}*|млн|миллион\p{L}*|в|во|и|или|из|от|за|на|до|для|без|около|эт(?:их|ого)|российск\p{L}+)$/iu;
// „Хранение — тыщонка“, „Скидка: четвертак“, „обойдётся в стольничек“
const SAID_OF_IT =
  /(?:\s[—–-]|:|(?<!\p{L})(?:стоит|стоят|стоить|обойд[её]тся|обойдутся|отда(?:м|дим)|уступ(?:им|лю)|прос(?:им|ят)|скин(?:ем|у)|цена|ценой|скидка|скидку|(?<!(?:спасибо|благодар\p{L}*|извини\p{L}*|прости\p{L}*|признател\p{L}*)(?: вам| вас)?(?: большое)? )за))\s+(?:(?:в|за|до|по|на|около|примерно|всего|где-то|только|вс[её]) ){0,2}(?<said>\p{L}+)(?=\s*(?:$|[.,;!?)]))/giu;

const LONGEST_ENDING = 2;
// „Четвертак“ and „четверг“ begin alike; nearly all of it must be the same.
const isForm = (word: string) => (other: string) =>
  other === word ||
  (word.length > 2 * LONGEST_ENDING &&
    other.startsWith(word.slice(0, Math.max(word.length, other.length) - LONGEST_ENDING)));

const isNamedIn = (word: string, known: readonly string[]) => {
  const things = defaultLexicon.thingsOf(word);
  return known.some(
    (other) =>
      isForm(word)(other) ||
      (things.length > 0 && defaultLexicon.thingsOf(other).some((thing) => things.includes(thing))),
  );
};

/**
 * Amounts in words that no reader of numbers knows: what stands before „рублей“ without being a figure, and a thing
 * unheard of that something is said to be. New words for money come up faster than lists of them.
 */
export function unreadAmounts({
  affirmed,
  known,
}: {
  affirmed: readonly string[];
  known: readonly string[];
}): string[] {
  const isKnown = (word: string) => isNamedIn(word, known);
  const isUnheardOf = (word: string) => {
    const [telling] = tellingWords(word);
    return telling !== undefined && isThing(telling) && !isLight(telling) && !isKnown(telling);
  };
  const unread = (text: string) => [
    ...[...text.matchAll(COUNTED)]
      .flatMap(({ groups }) => groups?.['before'] ?? [])
      .filter((word) => !/\d$/.test(word) && !BEFORE_UNIT.test(word))
      .filter((word) => !known.some(isForm(word.toLowerCase()))),
    ...[...text.matchAll(SAID_OF_IT)].flatMap(({ groups }) => groups?.['said'] ?? []).filter(isUnheardOf),
  ];
  // Numerals are unheard of too until they are read, which few sentences are worth.
  return affirmed.flatMap((sentence) =>
    unread(sentence).length === 0 ? [] : unread(numeralsToFigures(sentence)),
  );
}

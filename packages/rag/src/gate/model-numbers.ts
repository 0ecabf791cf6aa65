import type { Statement } from './statements.ts';
import { readMeasure } from './units.ts';
import { isSameWord, tellingWords } from './words.ts';

export type Model = { name: string; number: string };

// „Нерпа 112“, „iPhone 13“: a name with a number that measures and counts nothing.
const NAMED =
  /(?<!\p{L})(\p{L}[\p{L}-]{2,})[»"”]?[\s-]№?\s?(\d{1,5})(?![\p{L}\d]|[.,:/×xх–-]\d|\s\d{3}(?!\d))/giu;
const COUNTED =
  /^\s*(?:[-–/×xх]|(?:человек|персон|гост|мест|дет|ребен|ребён|раз|комнат|этаж|урок|занят|кв|сот|доз|порц)\p{L}*|и\s\d|или\s\d)/iu;
// „свыше 100“, „нужно 5“, „дом 7“
const NO_NAME =
  /^(?:свыше|после|через|минимум|максимум|примерно|приблизительно|ровно|беру|возьм\p{L}*|нуж(?:но|ен|на|ны)|куплю|хочу|есть|надо|осталось|скидк\p{L}*|дом\p{L}?|квартир\p{L}*|офис\p{L}*|подъезд\p{L}*|этаж\p{L}*|корпус\p{L}*|павильон\p{L}*)$/iu;

export function modelsIn(text: string): Model[] {
  return [...text.matchAll(NAMED)].flatMap(({ 0: found, 1: name = '', 2: number = '', index }) => {
    const rest = text.slice(index + found.length);
    if (NO_NAME.test(name) || COUNTED.test(rest) || readMeasure(rest).unit !== undefined) return [];
    return tellingWords(name).map((word) => ({ name: word, number }));
  });
}

// Those of a size („60×30×36“) name nothing.
const numbersIn = (text: string): readonly string[] =>
  text.match(/(?<!\d|\d\s?[×xх*]\s?)\d+(?!\d|\s?[×xх*]\s?\d)/giu) ?? [];

type NamedModels = { models: readonly Model[]; numbers: readonly string[] };

export const namedModels = (text: string): NamedModels => ({
  models: modelsIn(text),
  numbers: numbersIn(text),
});

/**
 * Whether a place of the sources tells of another one of a kind than the claim: of „Нерпа 200“ where „Нерпа 112“ was asked
 * about. Nothing is said against a place whose number the claim or the question names in any way.
 */
export function isOfOtherModel({
  claim,
  asked,
}: {
  claim: Statement;
  /** Of the question. */
  asked: NamedModels;
}): (place: Statement) => boolean {
  const said = claim.sentence.models;
  const meant = said.length > 0 ? said : asked.models;
  const named = new Set([...numbersIn(claim.sentence.text), ...asked.numbers]);
  const names = [...new Set(meant.map(({ name }) => name))];
  const isElsewhere = ({ models }: Statement['sentence']) => {
    const theirs = models.filter(({ name }) => names.some((each) => isSameWord(each, name)));
    return theirs.length > 0 && !theirs.some(({ number }) => named.has(number));
  };
  // A sentence may hold hundreds of numbers: it is asked once.
  const known = new Map<Statement['sentence'], boolean>();
  return ({ sentence }) => {
    const is = known.get(sentence) ?? isElsewhere(sentence);
    known.set(sentence, is);
    return is;
  };
}

import { foldedWords } from '../text/normalize.ts';
import type { Part } from './clauses.ts';
import { periodsIn } from './periods.ts';

// „Что: Городской велосипед; 1 час: 250 ₽; День (до закрытия): 900 ₽“
const ROW = /^[^:;]{1,60}: [^;]+(?:; [^:;]{1,60}: [^;]*)+$/u;
const ONE = /^1\s/u;
const ASIDE = /\([^()]*\)/gu;

/** The cells of a row of a table, as records are told; undefined where a sentence is none. */
export function cellsOf(sentence: string): Part[] | undefined {
  if (!ROW.test(sentence)) return undefined;
  return sentence.split('; ').map((clause) => {
    const name = clause.slice(0, clause.indexOf(': ')).replaceAll(ASIDE, ' ');
    return { clause, column: { words: foldedWords(name), period: periodsIn(name.replace(ONE, ''))[0] } };
  });
}

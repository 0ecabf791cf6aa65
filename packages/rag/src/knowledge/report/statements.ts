import { withoutEndlessRuns } from '../../text/endless-runs.ts';
import { foldedWords } from '../../text/normalize.ts';
import { splitSentences } from '../../text/sentences.ts';
import type { ReportChunk } from './report-chunk.ts';
import { type ValueKind, valuesIn } from './values-in.ts';

type Value = {
  kind: ValueKind;
  /** Sorted and joined, so that equal ones are equal. */
  values: string;
  isVariant: boolean;
};

/** One sentence that says a value of something. */
export type Statement = Value & {
  /** What else it says, by kind. */
  beside: ReadonlyMap<ValueKind, Value>;
  /** Beginnings of the words of what is spoken about; endings differ. */
  subject: ReadonlySet<string>;
  /** Those of the nearest heading or of the question, which may say of which town or model the sentence speaks. */
  section: ReadonlySet<string>;
  /** Of an answer, those of the heading that its question stands under: of another town it is another answer. */
  under: ReadonlySet<string>;
  isAnswer: boolean;
  /** Its other numbers with the sides of them that are meant, and days of the week: of another model or day it is another subject. */
  exact: string;
  sentence: string;
};

const STEM = 5;
const MIN_OWN_WORDS = 2;
/** Words that say nothing about what is spoken of. */
const EMPTY = new Set(
  'и в во на по с со от до за из к о об у для при или а но же бы не это есть всего только около примерно наш наша наше наши ваш мы вы вас нас он она составляет стоит равна равен сколько скольки какой какая какое какие каков когда где как что можно ли'.split(
    ' ',
  ),
);
/** What the kind of the value says already. */
const OF_VALUE = /^(?:стоим|стоит|цен[аыуе]|срок|занима|составл|длит|продолж)/;
/** Headings that name the kind of a value, and nothing that has one. */
const KIND_NAMES = /^(?:прайс|тариф|часы|время|график|режим|работ|услов|гаран|скидк)/;
/** „Город: Казань; Срок: 2 дня“, a row of a table: its labels are in every row. */
const LABEL = /(?:^|; )[^;:]{1,40}: /g;
const WEEKDAY = /^(?:пн|вт|ср|чт|пт|сб|вс|понед|вторн|среду|среда|четве|пятни|суббо|воскр|выход|будни|будня)/;

/** „Свыше 40 см“ is not „до 40 см“; „не более“ is. */
const BOUND = /(?<!\p{L})(не\s+)?(?:(до|менее|меньше|ниже)|от|свыше|более|больше|выше)\s+(?=\d)/giu;

const boundsIn = (text: string): string[] =>
  [...text.matchAll(BOUND)].map(([, not, below]) =>
    (below === undefined) === (not === undefined) ? '>' : '<',
  );

/** The statements of a chunk: a sentence with one kind of value about something that is named. */
export function statementsOf({ heading, question, text }: ReportChunk): Statement[] {
  const headings = [...heading.split(' > ').slice(1), ...(question === null ? [] : [question])];
  const last = stems(headings.at(-1) ?? '');
  const section = new Set(question === null ? last.filter((word) => !KIND_NAMES.test(word)) : last);
  const isAnswer = question !== null;
  const under = new Set(isAnswer ? stems(headings.at(-2) ?? '') : []);
  // The answer of a pair is one chunk, however long it is.
  const said = withoutEndlessRuns(isAnswer ? text.slice(question.length) : text);
  const lines = said.split('\n').map(splitSentences);
  return lines.flatMap((sentences) => {
    /** Words of the last sentence that names something: the next one may only have a value of it. */
    let before: readonly string[] = [];
    return sentences.flatMap((sentence) => {
      const { found, rest } = valuesIn(sentence);
      const isRow = [...sentence.matchAll(LABEL)].length > 1;
      const own = stems(isRow ? rest.replaceAll(LABEL, ' ') : rest);
      const isBrief = new Set(own.filter(isWord)).size < MIN_OWN_WORDS && !isRow;
      const meant = isBrief ? [...own, ...before] : own;
      // „Стоимость: 490 ₽“ speaks of what its heading names.
      const named = isBrief ? stems(headings.join(' ')) : [];
      const exact = new Set([
        ...meant.filter((word) => !isWord(word) || WEEKDAY.test(word)).toSorted(),
        ...boundsIn(rest),
      ]);
      // What goes on from another sentence is no second finding beside that one.
      if (isBrief && before.length > 0) exact.add('…');
      if (!isBrief) before = own;
      const values = [...found].map(([kind, each]) => ({
        kind,
        values: [...new Set(each.values)].toSorted().join(', '),
        isVariant: each.isVariant,
      }));
      return values.map((value) => ({
        ...value,
        beside: new Map(values.flatMap((other) => (other === value ? [] : [[other.kind, other]]))),
        subject: new Set([...meant.filter(isWord), ...named]),
        section,
        under,
        isAnswer,
        exact: [...exact].join(' '),
        sentence,
      }));
    });
  });
}

const isWord = (stem: string) => !/\d/.test(stem);

const stems = (text: string) =>
  foldedWords(text)
    .filter((word) => !EMPTY.has(word) && !OF_VALUE.test(word))
    .map((word) => (/\d/.test(word) ? word : word.slice(0, STEM)));

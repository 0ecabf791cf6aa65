import { splitSentences } from '../text/sentences.ts';

// „Такой же“, „та же“, „столько же“, „одинаково“, „тоже“, „в том числе“: one thing is said to be like another.
const SAME =
  /(?<!\p{L})(?:(?:точно )?так(?:ой|ая|ое|ие|ую|ого|ому) же|(?:тот|та|то|те|ту|той|того) же(?: сам\p{L}+)?|столько же|(?:точно )?так же|одинаков\p{L}+|тоже|аналогичн\p{L}+)(?!\p{L})/iu;
// „…, как за «Люкс»“, „…, что на корпус“
const COMPARAND =
  /,?\s(?:как|что)\s(?:и\s)?(?=(?:[внук]|на|за|по|для|при|с|со|из|до)\s|[«"\p{Lu}])[^,;:.!?–—]+/iu;
const INCLUDING = /,?\s*в том числе(?= )/iu;
const CLAUSE = /(?<=[;,])(?!\d)\s|\s[–—]\s|\s(?=(?:а|но) )/u;
// „Одноместная и семейная“, „за будни, и за выходные“
const PAIR = /(\p{L}+|«[^»]+»),? и (\p{L}+|«[^»]+»)/iu;
const EQUAL = /(?<!\p{L})одинаков/iu;
const LONGEST = 7;
const LAST_POINT = /[\s.,;!?–—-]+$/u;

const HAS_AMOUNT = /\d/u;
const plain = (text: string) =>
  text
    .replace(SAME, ' ')
    .replace(/^\s*(?:и|а|но)\s/iu, '')
    .replaceAll(/\s*,\s*(?=[–—])|\s+(?=,)/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .replace(LAST_POINT, '')
    .trim();

/** „Одноместная и семейная одинаково“ speaks of each. */
function eachOf(clause: string): string[] {
  const pair = PAIR.exec(clause);
  if (pair === null) return [clause];
  const [found, one = '', other = ''] = pair;
  return [one, other].map((each) => clause.replace(found, () => each));
}

/**
 * What sentences come to that say of one thing what holds for another: „залог такой же, как за «Люкс», — 60 000 ₽“ says
 * „залог — 60 000 ₽“, and „час 600 ₽, на семейной столько же“ says „на семейной час 600 ₽“. Each of them is to be borne
 * out by itself, else a true amount of one thing vouches for the other.
 */
export function spelledOut(answer: string): string[] {
  return splitSentences(answer).flatMap((sentence) => {
    const including = INCLUDING.exec(sentence);
    if (including !== null) {
      const behind = sentence.slice(including.index + including[0].length);
      return HAS_AMOUNT.test(behind) ? [] : [`${plain(behind)} ${sentence.slice(0, including.index)}`.trim()];
    }
    if (!SAME.test(sentence) || !HAS_AMOUNT.test(sentence)) return [];
    if (COMPARAND.test(sentence)) return [plain(sentence.replace(COMPARAND, ' '))];
    const clauses = sentence.split(CLAUSE);
    const place = clauses.findIndex((clause) => SAME.test(clause));
    const clause = clauses[place] ?? '';
    // „Жилеты тоже есть, от 15 кг“ likens nothing.
    if (HAS_AMOUNT.test(clause)) return EQUAL.test(clause) ? eachOf(plain(sentence)) : [];
    if (clause.split(' ').length > LONGEST) return [];
    const before = clauses.slice(0, place).findLast((each) => HAS_AMOUNT.test(each));
    const behind = clauses.slice(place + 1).find((each) => HAS_AMOUNT.test(each));
    // „Одинаково: по 600 ₽“
    if (before === undefined)
      return behind === undefined ? [] : eachOf(plain(clause)).map((each) => `${each} ${plain(behind)}`);
    return eachOf(plain(clause)).map((each) => `${each} ${plain(before)}`);
  });
}

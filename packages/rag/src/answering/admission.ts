import { isSameWord, tellingWords } from '../gate/words.ts';
import { splitSentences } from '../text/sentences.ts';

// Not `\b`: that knows Latin letters only.
const word = (pattern: string) => `(?<!\\p{L})(?:${pattern})(?!\\p{L})`;
/** What parts two words: up to so many others. */
const UP_TO = (count: number) => `(?:[\\s,]+[\\p{L}\\p{N}«»"-]+){0,${count}}[\\s,]+`;

const KNOWLEDGE = word('информаци\\p{L}+|сведени\\p{L}+|данн(?:ых|ые|ым)|ответа|уточнени[йя]');
const NONE = word(
  'нет|нету|не было|не имею|отсутству\\p{L}+|не располага\\p{L}+|не владе\\p{L}+|не наш[лё]\\p{L}*|не вижу',
);
const NOT_WRITTEN = word(
  'не (?:указан\\p{L}*|указыва\\p{L}+|сказан\\p{L}*|говорится|упомянут\\p{L}*|упомина\\p{L}+|уточн[её]н\\p{L}*|уточня\\p{L}+|прописан\\p{L}*|написан\\p{L}*|описан\\p{L}*|значится|оговор[её]н\\p{L}*)|неизвестн[оаы]',
);
const CANNOT = word('не (?:могу|можем|смогу|сможем|берусь|готов\\p{L}?)|затрудня\\p{L}+|сложно|трудно');
const TELL = word(
  'сказать|подсказать|ответить|назвать|подтвердить|сориентировать|проконсультировать|утверждать',
);
const UNSURE = word('не (?:знаю|знаем|уверен\\p{L}?)');
const FINDS_OUT = word(
  '(?:я |мы )?(?:уточню|уточним|узнаю|узнаем|спрошу|спросим|переспрошу|переспросим|проверю|проверим)',
);
const STAFF = word(
  'у (?:нас|меня|него|н[её]е|них|продавца|владельца|хозя\\p{L}+|сотрудник\\p{L}+|менеджер\\p{L}*|мастер\\p{L}*|администратор\\p{L}*|оператор\\p{L}*|специалист\\p{L}*|коллег\\p{L}*)',
);
const ASK = word('уточнить|уточните|узнать|узнайте|спросить|спросите');
const HANDS_ON = `${word('передам|передаю|передадим|передал[аи]?|перешлю|переадресую')}${UP_TO(2)}${word('вопрос|сообщение|запрос|обращение')}`;
const ENGLISH =
  /(?:\b(?:no|not have)|n't have)(?: any)? (?:\w+ ){0,2}(?:information|details|data)\b|\b(?:(?:is|are)(?: not|n't) (?:specified|mentioned|stated|listed)|(?:do|does)(?: not|n't) (?:say|mention|specify|know)|not sure|can(?:not| not|'t) (?:say|tell|confirm|answer))\b/i;

const ADMISSIONS: readonly RegExp[] = [
  ...[
    `${NONE}${UP_TO(4)}${KNOWLEDGE}`,
    `${KNOWLEDGE}${UP_TO(8)}${NONE}`,
    NOT_WRITTEN,
    `${CANNOT}${UP_TO(5)}${TELL}`,
    `${TELL}${UP_TO(5)}${CANNOT}`,
    UNSURE,
    FINDS_OUT,
    `${ASK}${UP_TO(4)}${STAFF}`,
    HANDS_ON,
  ].map((pattern) => new RegExp(pattern, 'iu')),
  ENGLISH,
];

// „Других дефектов не указано“: what is there was told.
const NO_MORE = new RegExp(word('друг(?:их|ого|ой)|ин(?:ых|ого|ой)|прочих|больше|дополнительн\\p{L}+'), 'iu');

const admits = (text: string) => ADMISSIONS.some((pattern) => pattern.test(text)) && !NO_MORE.test(text);
const subjectOf = (text: string) =>
  tellingWords(ADMISSIONS.reduce((rest, pattern) => rest.replace(pattern, ' '), text));

// What goes before and what goes after say different things: one may be known and the other not.
const TURN = /(?:,\s+|\s+[–—]\s+)(?=(?:но|однако|а|зато|хотя|but|however|though)(?!\p{L}))|;\s+/iu;
const TURNING = /^(?:но|однако|а|зато|хотя|but|however|though)(?!\p{L}),?\s*(?:вот\s+)?/iu;

export type Admission = {
  /** What is left: what the answer says that is known, in whole sentences. */
  known: string;
  /** Whether it said that it does not know something. */
  isAdmitted: boolean;
};

/**
 * Parts what a model says it knows from where it says that it does not („платный ли кофе, не указано“, „уточню у
 * коллег“): nobody would be called for that, though the model called it an answer. Words of the sources themselves
 * („точную цену назвать не можем“) are an answer.
 */
export function partAdmissions({
  answer,
  sources,
}: {
  answer: string;
  sources: readonly string[];
}): Admission {
  if (!admits(answer)) return { known: answer, isAdmitted: false };
  const theirs = sources.flatMap(splitSentences).filter(admits).map(subjectOf);
  const isAdmission = (piece: string) => {
    if (!admits(piece)) return false;
    const words = subjectOf(piece);
    const isTheirs = (source: readonly string[]) =>
      2 * words.filter((own) => source.some((other) => isSameWord(own, other))).length >= words.length;
    return words.length === 0 || !theirs.some(isTheirs);
  };
  let isAdmitted = false;
  const lines = answer.split('\n').map((line) =>
    splitSentences(line)
      .flatMap((sentence) => {
        if (!isAdmission(sentence)) return [sentence];
        isAdmitted = true;
        const kept = sentence.split(TURN).filter((piece) => !isAdmission(piece));
        return kept.length === 0 ? [] : [asSentence(kept)];
      })
      .join(' '),
  );
  return { known: lines.filter((line) => line !== '').join('\n'), isAdmitted };
}

function asSentence(pieces: readonly string[]): string {
  const text = pieces.join(', ').replace(TURNING, '').trim();
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/u.test(begun) ? begun : `${begun}.`;
}

import { isSameWord, tellingWords } from './words.ts';

const AGREEING =
  /^(?:да|ага|угу|верно|правильно|именно|точно|так|конечно|разумеется|естественно|безусловно|действительно|подтверждаю|подтверждаем|договорились|хорошо|отлично|пожалуйста|можно|есть|будет|можем|сможем|это|все|всё|мы|наш\p{L}*|вы|сказали|указали|написали|как|подходит|действует|верна|здравствуйте|\p{L}{2,}(?:ем|[её]м|им))$/u;
const EASE = /без (?:проблем|вопросов)/giu;
const DENYING = /^(?:нет|не|нельзя|увы|сожалению|к|невозможно)$/u;
const CLAUSE = /(?<=[?!.\n])\s+|,\s+/u;

/**
 * What a bare „да“ or „нет“ says: the words of the buyer that it agrees to, or denies. Undefined where the answer says
 * something of its own.
 */
export function agreedWords({
  answer,
  question,
}: {
  answer: string;
  question: string;
}): { text: string; isDenied: boolean } | undefined {
  const words =
    answer
      .replaceAll(EASE, 'да')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const asked = question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const isHis = (word: string) => asked.some((each) => isSameWord(each, word));
  const isDenied = words.some((word) => DENYING.test(word) && !isHis(word));
  const says = words.filter((word) => !AGREEING.test(word) && !DENYING.test(word));
  if (words.length === 0 || !says.every(isHis)) return undefined;
  const clauses = question.split(CLAUSE).filter((clause) => clause.trim() !== '');
  const telling = tellingWords(says.join(' '));
  const meant = clauses.filter((clause) =>
    tellingWords(clause).some((word) => telling.some((each) => isSameWord(each, word))),
  );
  const asks = (clause: string) =>
    clause.includes('?') && tellingWords(clause).some((word) => !AGREEING.test(word));
  const text = meant.length > 0 ? meant.join('. ') : (clauses.findLast(asks) ?? question);
  return { text: text.replaceAll('?', '.'), isDenied };
}

import { sameThingAs } from './same-thing.ts';
import { isSameWord, tellingWords } from './words.ts';

const AGREEING =
  /^(?:да|ага|угу|идёт|идет|согласн\p{L}*|принято|принимаем|годится|пойд[её]т|устраивает|ок|окей|ладно|верно|правильно|именно|точно|так|конечно|разумеется|естественно|безусловно|действительно|подтверждаю|подтверждаем|договорились|хорошо|отлично|пожалуйста|можно|есть|будет|можем|сможем|это|все|всё|мы|наш\p{L}*|вы|пусть|предложил\p{L}*|хотите|просите|сказали|указали|написали|как|подходит|действует|верна|здравствуйте)$/u;
// „Сделаем“, „возьмём“
const OUR_DEED = /^\p{L}{2,}(?:ем|[её]м|им)$/u;
const EASE = /без (?:проблем|вопросов)/giu;
// What says nothing by itself: „приходите, будем рады“.
const EMPTY =
  /^(?:с|и|а|у|в|на|нас|вас|вам|для|мы|я|то|же|ну|ок|окей|ладно|уже|тоже|также|всегда|обязательно|легко|запросто|удовольствием|радостью|рады?|приходите|приезжайте|заходите|обращайтесь|пишите|заказывайте|жд[её]м|забирайте|приезжай|по|рукам|туда|там|сюда|тот|этот|нему|добрый|день|вечер|утро|доброе|сделаем)$/u;
// „Какой вас интересует?“ claims nothing.
const OWN_QUESTION = /(?<=^|[.!?\n])[^.!?\n]*\?/gu;
const DENYING = /^(?:нет|не|нельзя|увы|сожалению|к|невозможно)$/u;
const CLAUSE = /(?<=[?!.\n])\s+|,\s+/u;

/** „Да?“, „верно?“: what was asked before is asked again. */
export const asksAgain = (question: string) => tellingWords(question).every((word) => AGREEING.test(word));

/** The words of the buyer that an answer says yes or no to; bare where it names no deed of its own. */
export type Agreed = { text: string; isDenied: boolean; isBare: boolean };

/**
 * What a bare „да“ or „нет“ says: the words of the buyer that it agrees to, or denies. Undefined where the answer says
 * something of its own.
 */
export function agreedWords({ answer, question }: { answer: string; question: string }): Agreed | undefined {
  const words =
    answer
      .replaceAll(OWN_QUESTION, ' ')
      .replaceAll(EASE, 'да')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const asked = question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const isHis = (word: string) => asked.some((each) => isSameWord(each, word));
  const isDenied = words.some((word) => DENYING.test(word) && !isHis(word));
  const says = words.filter(
    (word) => !AGREEING.test(word) && !DENYING.test(word) && !(EMPTY.test(word) && !isHis(word)),
  );
  const own = says.filter((word) => !isHis(word));
  if (words.length === 0 || !own.every((word) => OUR_DEED.test(word))) return undefined;
  const clauses = question.split(CLAUSE).filter((clause) => clause.trim() !== '');
  const telling = tellingWords(says.join(' '));
  const meant = clauses.filter((clause) =>
    tellingWords(clause).some((word) => telling.some((each) => isSameWord(each, word))),
  );
  const asks = (clause: string) =>
    clause.includes('?') && tellingWords(clause).some((word) => !AGREEING.test(word));
  const text = meant.length > 0 ? meant.join('. ') : (clauses.findLast(asks) ?? question);
  const isBare = own.every((word) => asked.some(sameThingAs(word)));
  return { text: text.replaceAll('?', '.'), isDenied, isBare };
}

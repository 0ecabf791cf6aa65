import { withoutPoliteWords } from '../retrieval/filler-words.ts';
import { foldedWords, foldForSearch } from '../text/normalize.ts';
import { isBareAgreement } from './agreement.ts';
import type { StaticTextKind } from './static-texts.ts';

export type MessageClass =
  | 'empty'
  | 'greeting'
  | 'thanks'
  | 'acknowledgement'
  | 'agreement'
  | 'asks-for-human'
  | 'complaint'
  | 'question';

const GREETING =
  /(^|\s)(здравств|здраст|здрасьт|привет|хай|салют|добр(ый|ого|ое|ая) (день|дня|вечер|утро|утра|времени|суток))|^(hello|hi|good (morning|day|evening))( |$)/u;
const THANKS = /(^|\s)(спасиб|спс|благодар)/u;
const ACKNOWLEDGEMENT = /^(ок|окей|хорошо|ладно|понятно|понял|поняла|ясно|да|нет|ага|угу)( |$)/u;
const PERSON = String.raw`(?:оператор|менеджер|жив(?:ой|ого|ым)|человек|сотрудник|консультант|администратор)`;
const CALL = String.raw`(?:позов|позва|соедин|переключ|перевед|переведи|дайте|дай|свяж|связат|нужен|нужна|поговор|пообщат|хочу|можно|ответит|пусть)`;
const ASKS_FOR_HUMAN = new RegExp(
  `(?<!\\p{L})${CALL}\\p{L}*(?: \\p{L}+){0,3} ${PERSON}|^(?:\\p{L}+ )?${PERSON}\\p{L}*$`,
  'u',
);

// Grave words only: „возможен ли возврат?“ is a question, „верните деньги“ is none.
const COMPLAINT =
  /(?<!\p{L})(обман(ули|щик|ывае)|мошенни|кидал[аы]|развод(ите|ил)|жалоб[уаы]|пожалу(юсь|емся)|роспотребнадзор|прокуратур|в суд(?!\p{L})|подам в|верните (мне )?(мои )?деньги|безобрази|хамств|нахам|ужасн\p{L}* (сервис|качеств|обслуж)|брак прислали|прислали (брак|не то))/u;

/** What kind of turn this is, before anything is searched. */
export function classifyMessage(text: string): MessageClass {
  const folded = foldForSearch(text);
  if (folded === '') return 'empty';
  if (ASKS_FOR_HUMAN.test(folded)) return 'asks-for-human';
  if (COMPLAINT.test(folded)) return 'complaint';
  if (isBareAgreement(text)) return 'agreement';
  if (withoutPoliteWords(foldedWords(text)).length > 0) return 'question';
  if (GREETING.test(folded)) return 'greeting';
  if (THANKS.test(folded)) return 'thanks';
  // What is left, such as „ну“ or „ау?“, is answered like a greeting: with the question what it is about.
  return ACKNOWLEDGEMENT.test(folded) ? 'acknowledgement' : 'greeting';
}

export const greets = (text: string) => GREETING.test(foldForSearch(text));

const PRICE = /(^|\s)(цен|стои|почем|скид|торг|дешевл|прайс|дорог)/u;
const DELIVERY = /(^|\s)(достав|отправ|курьер|сдэк|почт|пересыл|посылк|привез)/u;

/** Which prepared text fits a question that could not be answered. */
export function staticTextFor(question: string): StaticTextKind {
  const folded = foldForSearch(question);
  if (DELIVERY.test(folded)) return 'delivery';
  return PRICE.test(folded) ? 'price' : 'unknown';
}

const PRICE_WORD = /^(цен\p{L}*|стои\p{L}*|почем|прайс|сколько|скок\p{L}*)$/u;
const BESIDE_PRICE =
  /^(какая|какой|как|это|этот|эта|будет|за|него|нее|отда\p{L}+|прода[ею]\p{L}+|продад\p{L}+|проси(?:те|шь))$/u;

/** „Сколько стоит?“ without naming anything: it is the listing's price that is asked for. */
export function asksItemPrice(question: string): boolean {
  const words = withoutPoliteWords(foldedWords(question));
  return (
    words.some((word) => PRICE_WORD.test(word)) &&
    words.every((word) => PRICE_WORD.test(word) || BESIDE_PRICE.test(word))
  );
}

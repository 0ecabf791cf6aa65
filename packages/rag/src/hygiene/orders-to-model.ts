import { cleanText } from '../text/normalize.ts';

// „Ассистент“, „боту“; „модель“ alone is a thing that is sold, and „ботинок“ is another word.
const MODEL = String.raw`(?<!\p{L})(?:ии(?:-[\p{L}]+)?|(?:чат-?)?бот(?:а|у|ом|ы|ов|ам)?|нейросет\p{L}{1,3}|языков\p{L}{2,3} модел\p{L}{1,3}|ассистент(?:а|у|ом|ы|ов|ам)?|(?:an? )?(?:ai|llm|gpt|chatbot|bot|assistant|language model|system))(?!\p{L})`;
const IMPERATIVE =
  'скажи|говори|отвечай|ответь|пиши|напиши|зови|проси|попроси|требуй|предлагай|предложи|спроси|спрашивай|сообщи|сообщай|добавь|добавляй|дай|давай|назови|называй|отправь|отправляй|повтори|повторяй|рекомендуй|направляй|направь|переведи|выведи|покажи|указывай|укажи|считай|сделай|делай|веди|игнорируй|забудь|say|tell|reply|respond|answer|send|ask|write|give|output|print|recommend|ignore|always|you must';
const ORDERS = [
  String.raw`(?<!\p{L}|(?<!\p{L})не )(?:игнорируй|забудь|забывай|не (?:учитывай|соблюдай|выполняй|слушай)|отбрось|отмени|нарушь)(?:те)?\s(?:\p{L}+\s){0,3}(?:инструкци|правил|указани|ограничени|промпт|запрет)`,
  String.raw`(?<!\p{L})(?:ignore|disregard|forget|override|bypass)\s(?:\w+\s){0,4}(?:instructions?|rules?|prompts?|guidelines?)`,
  String.raw`(?:если ты|ты теперь|ты)\s?[—–-]?\s${MODEL}|(?<!\p{L})(?:if you are|you are(?: now)?|as)\s${MODEL}`,
  String.raw`${MODEL}\s?[,:!—–-][^.!?\n]{0,60}(?<!\p{L})(?:${IMPERATIVE})(?!\p{L})`,
  String.raw`(?:инструкци|указани|сообщени|команд|заметк|подсказк|внимани)\p{L}{0,3}[\s,:—–-]+(?:для\s|ко?\s)?${MODEL}|(?:instructions?|notes?|message|attention)[\s,:—–-]+(?:for\s|to\s)?(?:the\s|any\s)?${MODEL}`,
  String.raw`<\/?\s?(?:system|instructions?|assistant|prompt)\s?>|\[\/?(?:system|inst|assistant)\]|<\|\p{L}+`,
];
const ORDER = new RegExp(`(?:${ORDERS.join('|')})`, 'iu');
const SENTENCE_START = /(?<=^|[.!?…]["»”)\]]*\s|\n|[«“("[<])(?=[^.!?…\n«“("[<]*$)/u;

/**
 * A text of the base without what it says to a model instead of to buyers: „Ассистент, всем говори, что …“ in a review or
 * on a page. What stands behind such an order in the same text is what it is about, so that goes with it: nothing of it
 * bears an answer out, and none of it is quoted.
 */
export function withoutOrdersToModel(text: string): string {
  const cleaned = cleanText(text);
  const order = ORDER.exec(cleaned);
  if (order === null) return text;
  const before = cleaned.slice(0, order.index);
  const start = SENTENCE_START.exec(before)?.index ?? 0;
  return before.slice(0, start).trimEnd();
}

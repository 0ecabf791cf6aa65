import type { AnswerReason } from '../answering/answer.ts';

/** Why an answer is as it is, for the owner. */
const answerReasonTexts: Record<AnswerReason, string> = {
  greeting: 'покупатель только поздоровался, вопроса ещё нет',
  thanks: 'покупатель поблагодарил, вопроса нет',
  acknowledgement: 'покупатель подтвердил сказанное, вопроса нет',
  'asked-for-human': 'покупатель попросил позвать человека',
  complaint: 'похоже на жалобу, такие сообщения разбирает человек',
  'approved-answer': 'на этот вопрос есть одобренный ответ, он отправлен слово в слово',
  'unsupported-content': 'в сообщении нет текста, который можно прочитать (фото, голосовое, файл)',
  'not-in-base': 'в базе знаний не нашлось ответа на этот вопрос',
  'gate-refused': 'ответ модели не прошёл проверку фактов и не отправлен',
  'model-failed': 'модель не ответила так, чтобы её ответ можно было отправить',
  'budget-spent': 'месячный лимит на модели исчерпан, поэтому отвечаем без модели',
  'model-not-asked': 'модель не спрашивали: запуск был без неё',
};

const isAnswerReason = (code: string): code is AnswerReason => Object.hasOwn(answerReasonTexts, code);

/** An unknown code is shown as it is. */
export const answerReasonText = (code: string, others = (other: string) => `код причины: ${other}`): string =>
  isAnswerReason(code) ? answerReasonTexts[code] : others(code);

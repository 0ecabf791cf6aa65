import type { AnswerReason } from '../answering/answer.ts';
import type { MediaFailure } from '../media/media-failure.ts';
import type { MediaKind } from '../media/media-type.ts';

/** Why an answer is as it is, for the owner. */
const answerReasonTexts: Record<AnswerReason, string> = {
  greeting: 'покупатель только поздоровался, вопроса ещё нет',
  thanks: 'покупатель поблагодарил, вопроса нет',
  acknowledgement: 'покупатель подтвердил сказанное, вопроса нет',
  'asked-for-human': 'покупатель попросил позвать человека',
  complaint: 'похоже на жалобу, такие сообщения разбирает человек',
  'approved-answer': 'на этот вопрос есть одобренный ответ, он отправлен слово в слово',
  'unsupported-content': 'в сообщении есть то, что не удалось прочитать (фото, голосовое, файл)',
  'not-in-base': 'в базе знаний не нашлось ответа на этот вопрос',
  'partly-in-base': 'в базе знаний нашлась только часть ответа, остальное передано сотруднику',
  'gate-refused': 'ответ модели не прошёл проверку фактов и не отправлен',
  'model-failed': 'модель не ответила так, чтобы её ответ можно было отправить',
  'budget-spent': 'месячный лимит на модели исчерпан, поэтому отвечаем без модели',
  'model-not-asked': 'модель не спрашивали: запуск был без неё',
};

const isAnswerReason = (code: string): code is AnswerReason => Object.hasOwn(answerReasonTexts, code);

/** An unknown code is shown as it is. */
export const answerReasonText = (code: string, others = (other: string) => `код причины: ${other}`): string =>
  isAnswerReason(code) ? answerReasonTexts[code] : others(code);

const variables = { voice: 'OPENAI_TRANSCRIPTION_MODEL', image: 'OPENAI_VISION_MODEL' } as const;

const mediaFailureTexts: Record<MediaFailure, string> = {
  'no-model': 'модель для таких файлов не настроена',
  'budget-spent': 'месячный лимит на модели исчерпан',
  'too-many': 'файлов в сообщении слишком много',
  'no-address': 'Avito не дал адрес файла',
  'not-downloaded': 'файл не удалось скачать, посмотрите его в чате Avito',
  'unknown-kind': 'файл не того вида, который читает модель',
  'model-failed': 'модель не смогла его прочитать',
  'nothing-in-it': 'модель ничего в нём не нашла',
};

const isMediaFailure = (code: string): code is MediaFailure => Object.hasOwn(mediaFailureTexts, code);

/** An unknown code is shown as it is. */
export function mediaFailureText(code: string, kind: MediaKind): string {
  if (!isMediaFailure(code)) return `код причины: ${code}`;
  return `${mediaFailureTexts[code]}${code === 'no-model' ? ` (${variables[kind]})` : ''}`;
}

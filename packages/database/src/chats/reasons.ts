/**
 * Why a message is, or is not, answered: stable codes as they are stored, each with what the owner reads. Codes of the
 * answer engine and of failures are stored too; `reasonText` knows them all.
 */
export const decisionReasons = {
  'buyer-message': 'Сообщение покупателя: отвечаем автоматически',
  'asked-by-owner': 'Владелец попросил ответить автоматически',
  'returned-to-auto': 'Оператор долго молчит: чат вернулся к автоответам',
  'outside-hours-text': 'Нерабочее время: покупателю уходит заготовленный текст',
  'flow-text': 'Системное сообщение Avito, на которое задан готовый ответ',
  'system-message': 'Системное сообщение Avito: отвечать не на что',
  'avito-chat': 'Чат самого Avito: на такие сообщения не отвечаем',
  'nothing-written': 'Сообщение удалено: отвечать не на что',
  call: 'Звонок: перезвонить может только человек',
  'before-switch-on': 'Сообщение пришло до первого включения автоответов',
  'too-old': 'Сообщение слишком старое для автоматического ответа',
  'auto-reply-disabled': 'Автоответы выключены для всей установки',
  'reply-mode-off': 'Автоответы выключены для этого аккаунта или чата',
  'human-has-the-chat': 'Чат ведёт человек',
  'profile-chat': 'Чат из профиля, без объявления: отвечает человек',
  'outside-hours': 'Нерабочее время: вопрос ждёт владельца',
  'closed-listing': 'Объявление снято с публикации: вопрос ждёт владельца',
  'reply-cap-hour': 'Достигнут предел автоответов в этом чате за час',
  'reply-cap-day': 'Достигнут предел автоответов в этом чате за сутки',
  'repeat-breaker': 'Покупатель повторяет одно и то же: нужен человек',
  'loop-breaker': 'Похоже, в чате отвечает другой робот: автоответы остановлены',
  'operator-wrote': 'В чат написал оператор: чат ведёт он',
  'resume-phrase': 'Оператор вернул чат автоответам',
  'pause-phrase': 'Оператор остановил автоответы в этом чате',
  paused: 'Владелец остановил автоответы в этом чате',
  'handed-off': 'Чат передан человеку',
  'draft-discarded': 'Владелец отклонил черновик ответа',
  'dismissed-by-owner': 'Владелец решил не отвечать',
  'our-own': 'Наш собственный ответ',
  'send-failed': 'Ответ не удалось отправить',
  'send-withdrawn': 'Ответ отозван до отправки',
  'send-outcome-unknown': 'Неизвестно, дошёл ли ответ: проверьте чат',
  greeting: 'Приветствие без вопроса',
  thanks: 'Благодарность без вопроса',
  acknowledgement: 'Подтверждение без вопроса',
  'asked-for-human': 'Покупатель просит человека',
  'unsupported-content': 'Голосовое, фото или другое сообщение без текста',
  'not-in-base': 'В базе знаний нет ответа на вопрос',
  'partly-in-base': 'В базе знаний есть только часть ответа',
  'gate-refused': 'Ответ модели не прошёл проверку фактов',
  'budget-spent': 'Месячный лимит расходов на модели исчерпан',
  complaint: 'Похоже на жалобу: отвечает человек',
  'queue-full': 'Слишком много вопросов одновременно: вопрос передан человеку',
  'model-failed': 'Модель не ответила',
} as const;

export type DecisionReason = keyof typeof decisionReasons;

const families: ReadonlyArray<[prefix: string, text: string]> = [
  ['compose-reply-failed', 'Составить ответ не удалось'],
  ['send-reply-failed', 'Отправить ответ не удалось'],
  ['avito.', 'Avito не принял ответ'],
];

const isKnown = (code: string): code is DecisionReason => Object.hasOwn(decisionReasons, code);

/** What the owner reads for a stored code; an unknown one is shown as it is. */
export function reasonText(code: string): string {
  if (isKnown(code)) return decisionReasons[code];
  const family = families.find(([prefix]) => code.startsWith(prefix));
  return family === undefined ? `Причина: ${code}` : `${family[1]} (${code})`;
}

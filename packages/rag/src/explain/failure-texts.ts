/** What the error of a model means, where more can be said than its code. */
const failures: Record<string, string> = {
  'model.rate-limited': 'сервер модели ограничил число запросов',
  'model.no-money': 'на счёте у поставщика модели кончились деньги или квота',
  'model.unavailable': 'сервер модели недоступен',
  'model.resting': 'модель несколько раз подряд не ответила, её временно не спрашивают',
  'model.timeout': 'нет ответа за отведённое время',
  'model.bad-answer': 'ответ модели не удалось прочитать',
  'model.unauthorized':
    'сервер модели не принял ключ или не пускает с этого адреса, проверьте OPENAI_API_KEY (у второй модели OPENAI_SECOND_API_KEY)',
  'model.rejected': 'сервер модели отклонил запрос, проверьте название модели',
  'knowledge.other-dimensions':
    'у вектора вопроса другая длина, чем у векторов базы, проверьте OPENAI_EMBEDDING_MODEL и OPENAI_EMBEDDING_DIMENSIONS',
  'knowledge.unknown-space': 'векторы базы сделаны неизвестным образом, нужна команда autoreply kb reembed',
};

/** With the code, by which the log and the documentation speak of it. */
export const failureText = (code = 'без кода') => `${failures[code] ?? 'ошибка'} (${code})`;

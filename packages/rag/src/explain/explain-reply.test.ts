import { anything, assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerReasons, type AnswerTrace } from '../answering/answer.ts';
import { mediaFailures } from '../media/media-failure.ts';
import { gateProblemKinds } from '../gate/gate.ts';
import { explainAnswer } from './explain-answer.ts';
import { explainMessage } from './explain-message.ts';
import { explainReply } from './explain-reply.ts';
import type { ReplyFacts } from './reply-facts.ts';

const trace: AnswerTrace = {
  settingsVersion: 3,
  promptVersion: 'a1b2c3',
  words: [
    { word: 'доставка', kind: 'known' },
    { word: 'козань', kind: 'repaired' },
  ],
  candidates: [
    {
      sourceKey: 'shop/delivery.md',
      title: 'Доставка',
      heading: 'Доставка > Казань',
      chunkIds: [1],
      fused: 0.02,
      lexical: { rank: 1, score: 7.5 },
      dense: { rank: 4, score: 0.83 },
      foundBy: 'rewrite',
    },
  ],
  rewrite: {
    model: 'small',
    question: 'Сколько стоит доставка в Казань?',
    failure: undefined,
    usage: { inputTokens: 1, outputTokens: 1 },
  },
  attempts: [
    {
      model: 'first',
      outcome: 'refused',
      usage: { inputTokens: 1_000, outputTokens: 20 },
      gate: {
        problems: [{ kind: 'number', value: '300 рублей' }],
        checked: { numbers: 1, dates: 0, contacts: 0, sources: 1 },
      },
    },
    { model: 'second', outcome: 'failed', usage: { inputTokens: 0, outputTokens: 0 }, code: 'model.timeout' },
  ],
  coverage: 0.91,
};

test.each([
  ['model.unavailable', 'сервер модели недоступен'],
  ['knowledge.other-dimensions', 'OPENAI_EMBEDDING_DIMENSIONS'],
])('a search by meaning that failed is told with its reason: %s', (meaningFailure, reason) => {
  const lines = explainReply({ reply: { ...reply, trace: { ...trace, meaningFailure } }, sends: [] });
  expect(lines).toContainEqual(expect.stringMatching(`^Поиск по смыслу не удался.*${reason}`));
});

test.each(mediaFailures)('a file that was not read is told with the reason in Russian: %s', (failure) => {
  const unread = [{ kind: 'image', reason: failure }];
  const lines = explainReply({
    reply: { ...reply, question: '', mode: 'static', reason: 'unsupported-content', trace: { unread } },
    sends: [],
  });
  expect(lines.slice(0, 2)).toEqual([
    'Покупатель прислал сообщение без текста.',
    expect.stringMatching(/^Фото не прочитано: .*[а-яё]{4}/u),
  ]);
});

const reply: ReplyFacts['reply'] = {
  question: 'а в козань?',
  text: 'Доставка в Казань стоит 490 рублей.',
  mode: 'extractive',
  action: 'answer',
  reason: 'gate-refused',
  status: 'sent',
  sources: [{ kind: 'knowledge', sourceKey: 'shop/delivery.md', heading: 'Доставка > Казань' }],
  trace: {
    ...trace,
    usage: { inputTokens: 1_000, outputTokens: 20, embeddingTokens: 12, cost: 0.0312 },
    timings: { approved: 1, rewrite: 310, retrieve: 12, generate: 1_450, gate: 0.4, total: 1_780 },
  },
};
const send = {
  part: 1,
  status: 'sent',
  attempts: 2,
  sentAt: new Date('2026-11-22T08:00:00Z'),
  errorCode: null,
  errorMessage: null,
};
const explained = (changes: Partial<ReplyFacts['reply']> = {}, facts: Partial<ReplyFacts> = {}) =>
  explainReply({ reply: { ...reply, ...changes }, sends: [send], currency: 'RUB', ...facts });

test('an answer is told from the question to what became of it', () => {
  expect(explained()).toEqual([
    'Покупатель спросил: «а в козань?».',
    'С учётом переписки модель small поняла вопрос так: «Сколько стоит доставка в Казань?».',
    'Слова вопроса: доставка (есть в базе), козань (похоже на опечатку, взято близкое слово из базы).',
    'В базе знаний найдено: 1 фрагмент, лучшие сначала:',
    '  1. «Доставка > Казань» из shop/delivery.md: по словам — лучшее совпадение, по смыслу — в первой десятке (близость 83 %); по переписанному вопросу',
    'Уверенность, что лучшая цитата из базы отвечает на вопрос: 91 %.',
    'Модель first ответила, но проверка не пропустила ответ:',
    '  – числа «300 рублей» нет в источниках',
    'Модель second не ответила: нет ответа за отведённое время (model.timeout).',
    'Ответ взят из базы, объявления или одобренных ответов слово в слово: «Доставка в Казань стоит 490 рублей.».',
    'Причина: ответ модели не прошёл проверку фактов и не отправлен.',
    'Ответ опирается на: shop/delivery.md (Доставка > Казань).',
    'Настройки ответов: версия 3; указания для модели: a1b2c3.',
    'Стоимость: 0,031 RUB (1\u00A0032 токена).',
    'Заняло 1,78 с: одобренные ответы 1 мс, уточнение вопроса 310 мс, поиск 12 мс, модель 1,45 с.',
    'Часть 1 отправлена 22.11.2026, 11:00:00 МСК (попыток: 2).',
  ]);
});

describe('every reason', () => {
  test.each(answerReasons)('%s has words of its own', (reason) => {
    const line = explained({ reason }).find((each) => each.startsWith('Причина: '));
    expect(line).toMatch(/^Причина: \p{Script=Cyrillic}/u);
    expect(line).not.toContain(reason);
  });

  test('is another one', () => {
    const lines = answerReasons.map((reason) => explained({ reason }).join('\n'));
    expect(new Set(lines).size).toBe(answerReasons.length);
  });

  test('that somebody else gave is shown in his words, or as it is', () => {
    expect(explained({ reason: 'outside-hours' })).toContain('Причина: код причины: outside-hours.');
    const reasonText = () => 'нерабочее время';
    expect(explained({ reason: 'outside-hours' }, { reasonText })).toContain('Причина: нерабочее время.');
  });
});

test.each(gateProblemKinds)('a problem of the kind %s is told', (kind) => {
  const attempt = { model: 'm', outcome: 'refused', gate: { problems: [{ kind, value: 'x' }] } };
  const lines = explained({ trace: { attempts: [attempt] } });
  expect(lines.filter((line) => line.startsWith('  – '))).toHaveLength(1);
});

test.each([
  [{ outcome: 'answer' }, ['Модели m сказали, что не сошлось, и она ответила заново, проверка пройдена.']],
  [
    { outcome: 'refused', gate: { problems: [{ kind: 'number', value: '7' }] } },
    [
      'Модели m сказали, что не сошлось, и она ответила заново, но проверка не пропустила ответ:',
      '  – числа «7» нет в источниках',
    ],
  ],
  [{ outcome: 'handoff' }, ['Модели m сказали, что не сошлось, и она признала, что ответа в найденном нет.']],
  [
    { outcome: 'failed', code: 'model.timeout' },
    ['Модели m сказали, что не сошлось, и она не ответила: нет ответа за отведённое время (model.timeout).'],
  ],
])('a second text of a model is told as such: %o', (attempt, expected) => {
  const stopped = { model: 'm', outcome: 'refused', gate: { problems: [] } };
  const lines = explained({ trace: { attempts: [stopped, { model: 'm', isCorrection: true, ...attempt }] } });
  expect(lines).toEqual(expect.arrayContaining(expected));
});

test('a model that did not know everything is told as such', () => {
  const attempt = { model: 'm', outcome: 'answer', isPartial: true };
  const lines = explained({ reason: 'partly-in-base', trace: { attempts: [attempt] } });
  expect(lines).toEqual(
    expect.arrayContaining([
      'Модель m ответила, но не на всё, проверка пройдена.',
      '  – Об остальном она сказала, что не знает: этого покупателю не послали.',
      'Причина: в базе знаний нашлась только часть ответа, остальное передано сотруднику.',
    ]),
  );
});

test('a reranker that failed is told', () => {
  const lines = explained({ trace: { ...trace, rerankFailure: 'model.timeout' } });
  expect(lines).toContain(
    'Модель RERANK_MODEL не расставила найденное, порядок остался от поиска: нет ответа за отведённое время (model.timeout).',
  );
});

test('what the search did without, because the money is spent, is told', () => {
  const lines = explained({ trace: { ...trace, leftOut: ['meaning', 'reranking'] } });
  expect(lines.filter((line) => line.startsWith('Месячный лимит'))).toEqual([
    expect.stringContaining('искали только по словам'),
    expect.stringContaining('RERANK_MODEL не спрашивали'),
  ]);
});

test('an approved answer to a question that only looks alike is told with the words that differ', () => {
  const approved = { id: 'a1', similarity: 0.87, differing: ['18', '16'] };
  expect(explained({ trace: { approved } })).toContain(
    'Ближайший одобренный вопрос похож на 87 %, но он о другом: слова 18, 16 есть только в одном из вопросов.',
  );
});

test('a hand-off says who goes on, and a prepared text that nothing was searched', () => {
  const lines = explained({ mode: 'static', action: 'handoff', reason: 'asked-for-human', trace: {} });
  expect(lines).toContain('В базе знаний не искали.');
  expect(lines).toContain('Чат передан человеку, дальше отвечает он.');
});

test.each([
  ['queued', 'ждёт отправки'],
  ['sending', 'отправляется'],
  ['unknown', 'пока неизвестно'],
  ['failed', 'отправить не удалось: нет доступа (avito.access-denied)'],
  ['cancelled', 'отменена до отправки'],
])('a part that is %s is told', (status, words) => {
  const error = status === 'failed' ? { errorCode: 'avito.access-denied', errorMessage: 'нет доступа' } : {};
  expect(explained({}, { sends: [{ ...send, attempts: 1, ...error, status }] }).at(-1)).toContain(words);
});

test('an answer that was only tried is told in the same words, but was sent to nobody', () => {
  const { text, mode } = reply;
  const lines = explainAnswer({
    question: reply.question,
    answer: {
      text,
      mode,
      action: 'handoff',
      reason: 'gate-refused',
      sources: [],
      usage: { inputTokens: 1_000, outputTokens: 20, embeddingTokens: 12, calls: [], cost: 0.0312 },
      timings: { approved: 1, rewrite: 310, retrieve: 12, generate: 1_450, gate: 0.4, total: 1_780 },
      trace,
    },
    currency: 'RUB',
  });
  const stored = explained({ action: 'handoff', sources: [] }, { sends: [] });
  const handedOver = 'Чат передан человеку, дальше отвечает он.';
  expect(lines).toEqual([
    ...stored.map((line) => (line === handedOver ? 'Чат был бы передан человеку.' : line)),
    'Это проба: покупателю ничего не отправлено.',
  ]);
});

test('a draft waits for the owner; what he changed is told', () => {
  expect(explained({ status: 'draft' }, { sends: [] }).at(-1)).toMatch(/^Это черновик/);
  expect(explained({ trace: { draftText: 'Было так.' } }).join('\n')).toContain('было: «Было так.»');
});

test('a price that nobody knows is not shown as nothing', () => {
  const usage = { inputTokens: 10, outputTokens: 1, embeddingTokens: 0, cost: null };
  expect(explained({ trace: { usage } }).join('\n')).toContain('Стоимость неизвестна');
});

test('whatever a row holds, something is explained', () => {
  assert(
    property(anything(), anything(), (odd, sources) => {
      expect(explained({ trace: odd, sources }).length).toBeGreaterThan(2);
      expect(explained({ trace: { attempts: odd, candidates: odd, usage: odd, timings: odd } })).toContain(
        'Причина: ответ модели не прошёл проверку фактов и не отправлен.',
      );
    }),
  );
});

test('a message without a reply says why', () => {
  const facts = { text: 'Торг есть?', decision: 'hold', reason: 'too-old' } as const;
  expect(explainMessage({ ...facts, reasonText: () => 'сообщение слишком старое' })).toEqual([
    'Покупатель написал: «Торг есть?».',
    'Ответа на это сообщение нет.',
    'Автоматически на него не отвечаем, оно ждёт владельца.',
    'Причина: сообщение слишком старое.',
  ]);
  expect(explainMessage({ text: null, decision: 'answer', reason: 'buyer-message' })).toContain(
    'Ответ ещё готовится.',
  );
});

test('a model that was asked and failed was needed, though it cost nothing', () => {
  const usage = { inputTokens: 0, outputTokens: 0, embeddingTokens: 0, cost: 0 };
  const costOf = (attempts: AnswerTrace['attempts']) =>
    explained({ trace: { ...trace, attempts, usage } }).find((line) => line.startsWith('Стоимость'));
  expect(costOf(trace.attempts.slice(1))).toBe('Стоимость: бесплатно, модель ничего не посчитала.');
  expect(costOf([])).toBe('Стоимость: бесплатно, модели не понадобились.');
});

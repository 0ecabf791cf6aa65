import { explainDelivery } from './explain-delivery.ts';
import { explainModels } from './explain-models.ts';
import { explainApproved, explainRewrite, explainSearch } from './explain-search.ts';
import { answerReasonText, mediaFailureText } from './reason-texts.ts';
import {
  readSources,
  readTrace,
  type ReplyFacts,
  type StoredSource,
  type StoredTrace,
} from './reply-facts.ts';
import { amount, counted, duration, quoted } from './words.ts';

/** Prepared and approved texts are chosen before anything is searched. */
const BEFORE_SEARCH = new Set([
  'greeting',
  'thanks',
  'acknowledgement',
  'asked-for-human',
  'complaint',
  'unsupported-content',
  'approved-answer',
]);

/** „Why this answer?“ in plain Russian, line by line: from the question to what became of the text. */
export function explainReply(facts: ReplyFacts): string[] {
  const { reply, reasonText } = facts;
  const trace = readTrace(reply.trace);
  const wasSearched = trace.candidates.length > 0 || !BEFORE_SEARCH.has(reply.reason ?? '');
  return [
    reply.question.trim() === ''
      ? 'Покупатель прислал сообщение без текста.'
      : `Покупатель спросил: ${quoted(reply.question)}.`,
    ...unreadLines(trace),
    ...explainApproved(trace),
    ...explainRewrite(trace),
    ...explainSearch(trace, wasSearched),
    ...explainModels(trace, { wasSearched }),
    outcomeLine(reply),
    ...(reply.reason === null ? [] : [`Причина: ${answerReasonText(reply.reason, reasonText)}.`]),
    ...(reply.action === 'handoff' ? [handOffLine(reply)] : []),
    ...sourceLines(readSources(reply.sources)),
    ...(trace.draftText === undefined
      ? []
      : [`Владелец изменил текст перед отправкой; было: ${quoted(trace.draftText)}.`]),
    ...versionLines(trace),
    ...costLines(trace, facts.currency),
    ...timeLines(trace),
    ...explainDelivery(facts),
  ];
}

const unreadFiles = { voice: 'Голосовое сообщение не прочитано', image: 'Фото не прочитано' } as const;

const unreadLines = ({ unread }: StoredTrace) =>
  unread.map(({ kind, reason }) => `${unreadFiles[kind]}: ${mediaFailureText(reason, kind)}.`);

const writers = {
  model: 'Ответ написала модель',
  extractive: 'Ответ взят из базы, объявления или одобренных ответов слово в слово',
  static: 'Взят заготовленный текст',
} as const;

const outcomeLine = ({ mode, text }: ReplyFacts['reply']) => `${writers[mode]}: ${quoted(text)}.`;

const handOffLine = ({ status }: ReplyFacts['reply']) =>
  status === 'tried' ? 'Чат был бы передан человеку.' : 'Чат передан человеку, дальше отвечает он.';

function sourceName(source: StoredSource): string {
  switch (source.kind) {
    case 'knowledge':
      return `${source.sourceKey}${source.heading === '' ? '' : ` (${source.heading})`}`;
    case 'item':
      return `объявление ${quoted(source.title)}`;
    case 'approved':
      return `одобренный ответ на ${quoted(source.question)}`;
  }
}

const sourceLines = (sources: readonly StoredSource[]) =>
  sources.length === 0 ? [] : [`Ответ опирается на: ${sources.map(sourceName).join('; ')}.`];

function versionLines({ settingsVersion, promptVersion }: StoredTrace): string[] {
  const settings =
    settingsVersion === null || settingsVersion === undefined ? 'по умолчанию' : `версия ${settingsVersion}`;
  return [
    `Настройки ответов: ${settings}${promptVersion === undefined ? '' : `; указания для модели: ${promptVersion}`}.`,
  ];
}

function costLines({ usage, attempts }: StoredTrace, currency: string | undefined): string[] {
  if (usage === undefined) return [];
  const { inputTokens, outputTokens, embeddingTokens, cost } = usage;
  const tokens = inputTokens + outputTokens + embeddingTokens;
  if (tokens === 0 && cost === 0) {
    const wasAsked = (attempts ?? []).length > 0;
    return [`Стоимость: бесплатно, ${wasAsked ? 'модель ничего не посчитала' : 'модели не понадобились'}.`];
  }
  const count = counted(tokens, ['токен', 'токена', 'токенов']);
  return cost === null || cost === undefined
    ? [`Стоимость неизвестна: цена модели не задана, или её сервер не сообщил число токенов (${count}).`]
    : [`Стоимость: ${amount(cost)}${currency === undefined ? '' : ` ${currency}`} (${count}).`];
}

const stages: Record<string, string> = {
  approved: 'одобренные ответы',
  rewrite: 'уточнение вопроса',
  retrieve: 'поиск',
  generate: 'модель',
  gate: 'проверка',
};

function timeLines({ timings }: StoredTrace): string[] {
  const { total, ...spans } = timings ?? {};
  if (total === undefined) return [];
  const parts = Object.entries(stages).flatMap(([stage, name]) => {
    const ms = spans[stage] ?? 0;
    return ms < 1 ? [] : [`${name} ${duration(ms)}`];
  });
  return [`Заняло ${duration(total)}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}.`];
}

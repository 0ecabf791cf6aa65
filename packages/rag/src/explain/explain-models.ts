import { explainProblem } from '../gate/explain.ts';
import type { StoredTrace } from './reply-facts.ts';

/** What the model's error means, where more can be said than its code. */
const failures: Record<string, string> = {
  'model.rate-limited': 'сервер модели ограничил число запросов',
  'model.unavailable': 'сервер модели недоступен',
  'model.resting': 'модель несколько раз подряд не ответила, её временно не спрашивают',
  'model.timeout': 'нет ответа за отведённое время',
  'model.bad-answer': 'ответ модели не удалось прочитать',
  'model.unauthorized': 'сервер модели не принял ключ, проверьте OPENAI_API_KEY',
  'model.rejected': 'сервер модели отклонил запрос, проверьте название модели',
};

function checkedLine(gate: StoredTrace['attempts'][number]['gate']): string {
  const checked = gate?.checked;
  if (checked === undefined) return 'проверка пройдена';
  const { numbers, dates, contacts } = checked;
  return `проверка пройдена (сверено: чисел ${numbers}, дат ${dates}, контактов и ссылок ${contacts})`;
}

function attemptLines({ model, outcome, gate, code }: StoredTrace['attempts'][number]): string[] {
  switch (outcome) {
    case 'answer':
      return [`Модель ${model} ответила, ${checkedLine(gate)}.`];
    case 'handoff':
      return [`Модель ${model} прочитала найденное и сказала, что ответа там нет.`];
    case 'refused':
      return [
        `Модель ${model} ответила, но проверка не пропустила ответ:`,
        ...(gate?.problems ?? []).map((problem) => `  – ${explainProblem(problem)}`),
      ];
    default:
      return [`Модель ${model} не ответила: ${failures[code ?? ''] ?? 'ошибка'} (${code ?? 'без кода'}).`];
  }
}

/** What became of each text of a model, and what was wrong with those that were stopped. */
export function explainModels(
  { attempts }: Pick<StoredTrace, 'attempts'>,
  { wasSearched }: { wasSearched: boolean },
): string[] {
  if (attempts.length > 0) return attempts.flatMap(attemptLines);
  return wasSearched ? ['Модель не спрашивали: она не настроена или её лимит исчерпан.'] : [];
}

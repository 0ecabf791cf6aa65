import { explainProblem } from '../gate/explain.ts';
import { failureText } from './failure-texts.ts';
import type { StoredTrace } from './reply-facts.ts';

function checkedLine(gate: StoredTrace['attempts'][number]['gate']): string {
  const checked = gate?.checked;
  if (checked === undefined) return 'проверка пройдена';
  const { numbers, dates, contacts } = checked;
  return `проверка пройдена (сверено: чисел ${numbers}, дат ${dates}, контактов и ссылок ${contacts})`;
}

function attemptLines({
  model,
  outcome,
  isCorrection,
  isPartial,
  gate,
  code,
}: StoredTrace['attempts'][number]): string[] {
  const asked = isCorrection ? `Модели ${model} сказали, что не сошлось, и она` : `Модель ${model}`;
  const again = isCorrection ? ' заново' : '';
  switch (outcome) {
    case 'answer':
      return [
        `${asked} ответила${again}${isPartial ? ', но не на всё' : ''}, ${checkedLine(gate)}.`,
        ...(isPartial ? ['  – Об остальном она сказала, что не знает: этого покупателю не послали.'] : []),
      ];
    case 'handoff':
      return [
        isCorrection
          ? `${asked} признала, что ответа в найденном нет.`
          : `${asked} прочитала найденное и сказала, что ответа там нет.`,
      ];
    case 'refused':
      return [
        `${asked} ответила${again}, но проверка не пропустила ответ:`,
        ...(gate?.problems ?? []).map((problem) => `  – ${explainProblem(problem)}`),
      ];
    default:
      return [`${asked} не ответила: ${failureText(code)}.`];
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

import type { Answer } from '@avito-autoreply/rag';
import type { Alarm } from '../alarm.ts';

const DOWN = 'model-down';
/** One failure is a hiccup; so many answers in a row without any model are an outage. */
const FAILURES_IN_A_ROW = 3;

/**
 * Tells the owner when no model answers any more: buyers then get quotations and prepared texts, and nobody would notice.
 * Each worker counts for itself; the first answer of a model ends the alert.
 */
export function createModelWatch({ alarm }: { alarm: Pick<Alarm, 'raise' | 'clear'> }) {
  const failuresOf = new Map<number, number>();
  return async ({
    accountId,
    attempts,
  }: {
    accountId: number;
    attempts: Answer['trace']['attempts'];
  }): Promise<void> => {
    const last = attempts.at(-1);
    if (last === undefined) return;
    const before = failuresOf.get(accountId);
    if (attempts.some(({ outcome }) => outcome !== 'failed')) {
      failuresOf.set(accountId, 0);
      // Unknown after a start: the alert of the process before may still be open.
      if (before !== 0) await alarm.clear({ accountId, kind: DOWN });
      return;
    }
    const failures = (before ?? 0) + 1;
    failuresOf.set(accountId, failures);
    if (failures < FAILURES_IN_A_ROW) return;
    const { model, code = 'без кода' } = last;
    await alarm.raise({
      accountId,
      kind: DOWN,
      message: `Модель ${model} не отвечает (${code}): покупателям уходят цитаты из базы и заготовленные тексты, остальное передаётся вам. Проверьте OPENAI_BASE_URL, ключ и название модели: «autoreply doctor».`,
      details: { model, code },
    });
  };
}

export type ModelWatch = ReturnType<typeof createModelWatch>;

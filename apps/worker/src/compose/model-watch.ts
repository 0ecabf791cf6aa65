import { type Answer, failureText } from '@avito-autoreply/rag';
import type { Alarm } from '../alarm.ts';

const DOWN = 'model-down';
const MEANING_DOWN = 'search-by-meaning-down';
const RESTING = 'model.resting';
/** One failure is a hiccup; so many answers in a row without any success are an outage. */
const FAILURES_IN_A_ROW = 3;

type WatchDeps = { alarm: Pick<Alarm, 'raise' | 'clear'> };
type Failure = { message: string; details: Record<string, string> };

/** Counts per account; the first success ends the alert. */
function createOutage({ alarm, kind }: WatchDeps & { kind: string }) {
  const failuresOf = new Map<number, number>();
  return async (accountId: number, failure: Failure | undefined): Promise<void> => {
    const before = failuresOf.get(accountId);
    if (failure === undefined) {
      failuresOf.set(accountId, 0);
      // Unknown after a start: the alert of the process before may still be open.
      if (before !== 0) await alarm.clear({ accountId, kind });
      return;
    }
    const failures = (before ?? 0) + 1;
    failuresOf.set(accountId, failures);
    if (failures >= FAILURES_IN_A_ROW) await alarm.raise({ accountId, kind, ...failure });
  };
}

/**
 * Tells the owner when no chat model answers any more, or none makes vectors: buyers then get quotations and prepared
 * texts, or what words alone find, and nobody would notice. Each worker counts for itself.
 */
export function createModelWatch({ alarm }: WatchDeps) {
  const answering = createOutage({ alarm, kind: DOWN });
  const meaning = createOutage({ alarm, kind: MEANING_DOWN });

  /** Why each model failed last: one that rests is not asked, and tells nothing any more. */
  const causes = new Map<string, string>();
  const causeOf = ({ model, code = 'без кода' }: Answer['trace']['attempts'][number]): string => {
    if (code !== RESTING) causes.set(model, code);
    return causes.get(model) ?? code;
  };

  const noteModels = async (accountId: number, attempts: Answer['trace']['attempts']) => {
    const last = attempts.at(-1);
    if (last === undefined) return;
    const failed = attempts.filter(({ outcome }) => outcome === 'failed');
    const whys = new Map(failed.map((attempt) => [attempt.model, causeOf(attempt)]));
    if (failed.length < attempts.length) return answering(accountId, undefined);
    const told = [...whys].map(([model, code]) => `${model}: ${failureText(code)}`).join('; ');
    const message = `Модели не отвечают: ${told}. Покупателям уходят цитаты из базы и заготовленные тексты, остальное передаётся вам. Что проверить, скажет «autoreply doctor».`;
    const { model } = last;
    await answering(accountId, { message, details: { model, code: whys.get(model) ?? '' } });
  };

  return async ({
    accountId,
    trace: { attempts, words, candidates, leftOut = [], meaningFailure: code },
  }: {
    accountId: number;
    trace: Pick<Answer['trace'], 'attempts' | 'words' | 'candidates' | 'leftOut' | 'meaningFailure'>;
  }): Promise<void> => {
    await noteModels(accountId, attempts);
    // Who was not asked tells nothing.
    if (leftOut.includes('meaning')) return;
    if (code !== undefined) {
      const message = `Поиск по смыслу не работает: ${failureText(code)}. База ищется только по словам, и на вопросы другими словами ответов меньше. Проверьте OPENAI_BASE_URL и OPENAI_EMBEDDING_MODEL: «autoreply doctor».`;
      await meaning(accountId, { message, details: { code } });
    } else if (words.length + candidates.length > 0) await meaning(accountId, undefined);
  };
}

export type ModelWatch = ReturnType<typeof createModelWatch>;

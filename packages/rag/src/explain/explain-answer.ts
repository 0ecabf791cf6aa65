import type { Answer } from '../answering/answer.ts';
import { explainReply } from './explain-reply.ts';

/** The same of an answer that was only tried: it is stored nowhere. */
export function explainAnswer({
  question,
  answer: { text, mode, action, reason, sources, trace, usage, timings },
  currency,
}: {
  question: string;
  answer: Answer;
  /** Of the prices; undefined where none are configured. */
  currency?: string | undefined;
}): string[] {
  return explainReply({
    reply: {
      question,
      text,
      mode,
      action,
      reason: reason ?? null,
      status: 'tried',
      sources,
      trace: { ...trace, usage, timings },
    },
    sends: [],
    currency,
  });
}

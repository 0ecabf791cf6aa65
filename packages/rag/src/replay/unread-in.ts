import { readTrace } from '../explain/reply-facts.ts';
import type { AnswerInput } from '../answering/answer-engine.ts';

/** What of a turn nobody could read when it was answered, as its reply has kept it: a replay hears no more than that. */
export function unreadIn(trace: unknown): AnswerInput['unread'] {
  const { unread } = readTrace(trace);
  if (unread.length === 0) return undefined;
  return unread.some(({ kind }) => kind === 'voice') ? 'voice' : 'file';
}

import type { AnswerInput } from '../answering/answer-engine.ts';
import { readTrace } from '../explain/reply-facts.ts';

/** What stands for messages that nobody could read: a voice message says something, whatever else may only show it. */
export function unreadAmong(kinds: readonly string[]): AnswerInput['unread'] {
  if (kinds.length === 0) return undefined;
  return kinds.includes('voice') ? 'voice' : 'file';
}

/** What of a turn nobody could read when it was answered, as its reply has kept it: a replay hears no more than that. */
export const unreadIn = (trace: unknown): AnswerInput['unread'] =>
  unreadAmong(readTrace(trace).unread.map(({ kind }) => kind));

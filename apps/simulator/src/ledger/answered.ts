import type { BuyerMessageRecord, SendRecord } from './records.ts';

export type Timeline = (
  | { kind: 'buyer-message'; record: BuyerMessageRecord }
  | { kind: 'send'; record: SendRecord }
)[];

export type AnswerState = 'once' | 'twice' | 'unanswered' | 'operator';

export type AnsweredMessage = BuyerMessageRecord & {
  state: AnswerState;
  /** From this message to the first send after it. */
  latencyMs?: number | undefined;
  answerIds: string[];
};

type Turn = { messages: BuyerMessageRecord[]; sends: SendRecord[] };

/** A turn is a run of buyer's messages and the sends up to the next buyer's message. */
function turnsOf(timeline: Timeline): Turn[] {
  const turns: Turn[] = [];
  let sinceSend = true;
  for (const entry of timeline) {
    if (entry.kind === 'send') {
      turns.at(-1)?.sends.push(entry.record);
      sinceSend = true;
    } else {
      if (sinceSend) turns.push({ messages: [], sends: [] });
      turns.at(-1)?.messages.push(entry.record);
      sinceSend = false;
    }
  }
  return turns;
}

function stateOf({ messages, sends }: Turn): AnswerState {
  const texts = sends.filter((send) => send.by === 'api').map((send) => send.text);
  if (texts.length === 0) return sends.length === 0 ? 'unanswered' : 'operator';
  // A buyer who writes again while the first answer is on its way rightly gets one answer per message, never the same twice.
  return texts.length > messages.length || new Set(texts).size < texts.length ? 'twice' : 'once';
}

/**
 * What became of each buyer's message of one chat, in order. One send may answer several messages of a turn; more
 * sends than messages, or the same text again, is `twice` for the whole turn. A text sent in several parts therefore
 * counts as `twice`: look at the sends where parts are meant.
 */
export function answeredMessages(timeline: Timeline): AnsweredMessage[] {
  return turnsOf(timeline).flatMap((turn) => {
    const state = stateOf(turn);
    const first = turn.sends[0];
    return turn.messages.map((message) => ({
      ...message,
      state,
      latencyMs: first ? first.at - message.at : undefined,
      answerIds: turn.sends.map((send) => send.messageId),
    }));
  });
}

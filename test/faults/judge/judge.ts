import {
  type ChatRecords,
  disorder,
  doubles,
  sequelOf,
  lastAskedBefore,
  overOperator,
  questionsOutOfOrder,
  surplus,
  turnsOutOfOrder,
} from './chat-rules.ts';
import type { Asked, Kept, Problem, Records } from './records.ts';

const NOT_STORED = 'not in the database';

export type Verdict = {
  messages: number;
  answeredOnce: number;
  answeredTwice: number;
  /** An operator has the chat: the message is his. */
  withOperator: number;
  /** Held for a person, as an answer of ours had announced: visible to the owner, with the reason. */
  handedOff: number;
  /** With a person after the last repetition of a send that left no trace: nothing could be announced. */
  givenUp: number;
  unanswered: number;
  answeredOverOperator: number;
  outOfOrder: number;
  /** Doubles that were taken back before anybody counted. */
  copiesDeleted: number;
  /** Why messages without an answer have none, by what our rows say. */
  unansweredBecause: Record<string, number>;
  /** From the message to the first answer after it, in milliseconds. */
  settleMs: { p50: number; p95: number; max: number };
  problems: Problem[];
};

const groupByChat = <T extends { at: number; chatId: string }>(records: readonly T[]): Map<string, T[]> => {
  const groups = Map.groupBy(records, ({ chatId }) => chatId);
  for (const group of groups.values()) group.sort((left, right) => left.at - right.at);
  return groups;
};

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Why a message is open; undefined when it was answered. What came after it may have been for another one: our rows tell. */
function openReason(
  answeredAt: number | undefined,
  kept: Kept | undefined,
  hasRows: boolean,
): string | undefined {
  if (!hasRows) return answeredAt === undefined ? 'no send came after it' : undefined;
  if (kept === undefined) return NOT_STORED;
  if (kept.isReplySent)
    return answeredAt === undefined ? 'our rows say sent, the ledger knows nothing' : undefined;
  return `${kept.decision}: ${kept.reason}`;
}

type JudgeOptions = {
  /** How long what a webhook has accepted may take until it has an effect. */
  graceMs: number;
  /** One answer never serves two messages: for what answers each message by itself. */
  ownFact?: boolean;
};

/** Counts what a stand-in of Avito has seen, chat by chat. Pure: the same records give the same verdict. */
export function judge(
  { asked, said, kept, turns }: Records,
  { graceMs, ownFact = false }: JudgeOptions,
): Verdict {
  const askedByChat = groupByChat(asked);
  const saidByChat = groupByChat(said);
  const problems: Problem[] = [];
  const settled: number[] = [];
  const unansweredBecause: Record<string, number> = {};
  let withOperator = 0;
  let handedOff = 0;
  let givenUp = 0;
  let twice = 0;

  for (const [chatId, messages] of askedByChat) {
    const chat: ChatRecords = { asked: messages, said: saidByChat.get(chatId) ?? [] };
    const doubled = [...doubles(chat), ...surplus(chat)];
    problems.push(
      ...doubled,
      ...disorder(chat),
      ...(turns ? turnsOutOfOrder(chat, turns) : questionsOutOfOrder(chat)),
      ...overOperator(chat, { graceMs }),
    );
    // Two wrong sends after one message are one message answered twice.
    const hit = doubled.map(
      ({ messageId }) => chat.said.find((send) => send.messageId === messageId)?.at ?? 0,
    );
    twice += new Set(hit.map((at) => lastAskedBefore(messages, at)?.messageId)).size;
    for (const message of messages) {
      const { answeredAt, hasOperator } = sequelOf(message, chat, { ownFact });
      const row = kept?.get(message.messageId);
      const because = openReason(answeredAt, row, kept !== undefined);
      if (because === undefined) settled.push((answeredAt ?? message.at) - message.at);
      // Even an operator does not see in our console what was never stored.
      else if (hasOperator && because !== NOT_STORED) withOperator += 1;
      else if (row?.isHandedOff === true && row.decision === 'hold') handedOff += 1;
      else if (row?.isGivenUp === true) givenUp += 1;
      else {
        unansweredBecause[because] = (unansweredBecause[because] ?? 0) + 1;
        problems.push(unansweredProblem(message, because));
      }
    }
  }
  settled.sort((left, right) => left - right);
  const count = (kind: Problem['kind']) => problems.filter((problem) => problem.kind === kind).length;
  const unanswered = count('unanswered');
  return {
    messages: asked.length,
    answeredOnce: asked.length - unanswered - withOperator - handedOff - givenUp - twice,
    answeredTwice: twice,
    withOperator,
    handedOff,
    givenUp,
    unanswered,
    answeredOverOperator: count('over-operator'),
    outOfOrder: count('out-of-order'),
    copiesDeleted: said.filter(({ isDeleted }) => isDeleted).length,
    unansweredBecause,
    settleMs: { p50: quantile(settled, 0.5), p95: quantile(settled, 0.95), max: settled.at(-1) ?? 0 },
    problems,
  };
}

const unansweredProblem = ({ chatId, messageId }: Asked, detail: string): Problem => ({
  kind: 'unanswered',
  chatId,
  messageId,
  detail,
});

/** Nobody answered twice, nobody left out, no operator talked over, nothing in the wrong order. */
export const isFlawless = (verdict: Verdict): boolean => verdict.problems.length === 0;

import type { Pool, Repositories } from '../index.ts';
import type { ChatLedger } from './chat-ledger.ts';
import { maxWaitMs, postBoundMs, settleMs } from './send-steps.ts';
import type { Outcome } from './story-steps.ts';
import { operatorMessage, type TestChat } from './test-database.ts';

/** A POST that was begun and not reported yet. */
type Fact = { sendId: string; attempt: number; text: string };

/** The one that an arbitrary number chooses, whatever there is to choose from. */
export const choose = <T>(from: readonly T[], index: number): T | undefined =>
  from[index % Math.max(from.length, 1)];

/** The sending side of a story: POSTs, what becomes of them, and looks into the history. */
export function createStorySender({
  pool,
  repositories: { turns, sends },
  chat,
  ledger,
  replyIds,
  problems,
  onRing,
}: {
  pool: Pool;
  repositories: Repositories;
  chat: TestChat;
  ledger: ChatLedger;
  replyIds: ReadonlySet<string>;
  problems: string[];
  /** A reply was superseded: its turn is to be composed again. */
  onRing: (turn: number) => void;
}) {
  const inFlight: Fact[] = [];
  const sleepers: Fact[] = [];

  /** Mostly the part whose turn it is, as the queue would have it, but any job may come back. */
  async function choosePart(index: number): Promise<string | undefined> {
    const found = await Promise.all([...replyIds].map((replyId) => sends.findReply({ replyId })));
    const parts = found.flatMap((each) => each?.sends ?? []);
    const isOpen = new Set(['queued', 'sending', 'unknown']);
    const current = index < 40 ? parts.find(({ status }) => isOpen.has(status)) : undefined;
    return (current ?? choose(parts.toReversed(), index))?.sendId;
  }

  /** Tells whether the part has ended. */
  async function begin(sendId: string, waitMs = maxWaitMs): Promise<boolean> {
    const begun = await sends.beginSend({ sendId, maxWaitMs: waitMs });
    if (begun.kind === 'go') {
      inFlight.push({ sendId, attempt: begun.send.attempts, text: begun.send.text });
    } else if (begun.kind === 'superseded') {
      if (begun.ring) onRing(begun.ring.turn);
    }
    if (begun.kind === 'already') return begun.status === 'sent' || begun.status === 'failed';
    return begun.kind === 'taken-over' || begun.kind === 'superseded';
  }

  async function echo(messageId: string): Promise<void> {
    const message = ledger.find(messageId);
    if (!message) return;
    const whose = await sends.confirmByEcho({ ...chat, ...message });
    if (whose !== message.author) problems.push(`a message of ${message.author} was taken for ${whose}`);
  }

  async function report({ sendId, attempt, text }: Fact, outcome: Outcome): Promise<void> {
    if (outcome === 'sleeps') {
      sleepers.push({ sendId, attempt, text });
      return;
    }
    const error = { code: 'avito.test', message: outcome };
    const avitoMessageId = /sent$|^stored/.test(outcome) && outcome !== 'not-sent' ? ledger.store(text) : '';
    if (outcome === 'echo-then-sent') await echo(avitoMessageId);
    if (outcome === 'sent' || outcome === 'echo-then-sent') {
      await sends.markSent({ sendId, attempt, avitoMessageId });
    } else if (outcome === 'not-sent') await sends.markNotSent({ sendId, attempt, error });
    else if (outcome === 'failed') await sends.markFailed({ sendId, attempt, error });
    else if (outcome.endsWith('unknown')) await sends.markUnknown({ sendId, attempt, error, settleMs });
  }

  /** Everything that was to be waited for is over: for the part, not for the process that holds its POST. */
  const passTime = (sendId: string) =>
    pool.query(
      `update sends set look_at = least(look_at, clock_timestamp()),
                        intent_at = case when status = 'sending' then intent_at - $2 * interval '1 ms' else intent_at end
        where id = $1`,
      [sendId, postBoundMs],
    );

  async function look(sendId: string, { isReadable }: { isReadable: boolean }): Promise<void> {
    await passTime(sendId);
    const begun = await sends.beginLook({ sendId, postBoundMs, settleMs });
    if (begun.kind !== 'look') return;
    const key = { sendId, look: begun.look };
    if (!isReadable) {
      await sends.postponeLook({ ...key, error: { code: 'avito.test', message: '' }, atLeastMs: 0 });
      return;
    }
    const messages = ledger.history();
    let ended = await sends.endLook({ ...key, messages, settleMs });
    if (ended.kind === 'foreign') {
      for (const messageId of ended.messageIds) {
        if (ledger.find(messageId)?.author === 'ours') problems.push('our own message was taken for foreign');
        await turns.takeInMessage(operatorMessage(chat, { messageId }));
      }
      ended = await sends.endLook({ ...key, messages, settleMs });
      if (ended.kind === 'foreign') problems.push('what was taken in is still foreign');
    }
  }

  async function deleteCopies(): Promise<void> {
    for (const replyId of replyIds) {
      for (const copy of await sends.pendingCopies({ replyId })) {
        ledger.remove(copy.messageId);
        await sends.markCopyDeleted(copy);
      }
    }
  }

  async function finishSend(sendId: string): Promise<void> {
    for (let steps = 0; steps < 12; steps += 1) {
      await look(sendId, { isReadable: true });
      if (await begin(sendId)) return;
      for (const fact of inFlight.splice(0)) await report(fact, 'sent');
    }
  }

  return {
    choosePart,
    begin,
    look,
    echo,
    deleteCopies,
    finishSend,
    /** One of the POSTs on their way comes to its end. */
    endPost: async (pick: number, outcome: Outcome): Promise<void> => {
      const [fact] = inFlight.length === 0 ? [] : inFlight.splice(pick % inFlight.length, 1);
      if (fact) await report(fact, outcome);
    },
    /** The process that has slept longest makes its POST. */
    wakeUp: async (): Promise<void> => {
      for (const fact of sleepers.splice(0, 1)) await report(fact, 'sent');
    },
    /** Nothing is on its way any more: the sleepers wake up, and every event arrives. */
    bringHome: async (): Promise<void> => {
      for (const fact of [...inFlight.splice(0), ...sleepers.splice(0)]) await report(fact, 'sent');
      for (const messageId of ledger.ownIds()) await echo(messageId);
    },
  };
}

import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import type { Pool, Repositories } from '../index.ts';
import { createChatLedger } from './chat-ledger.ts';
import { maxWaitMs, postBoundMs, settleMs } from './send-steps.ts';
import { answerTo, buyerMessage, newChat, operatorMessage, type TestChat } from './test-database.ts';

/**
 * What becomes of a POST, and what its sender is told. A crash tells nobody anything; a process that sleeps makes its
 * POST when others have long given it up, though no process should: see mayLeave in packages/avito.
 */
const outcomes = [
  'sent',
  'sleeps',
  'sleeps',
  'echo-then-sent',
  'stored-unknown',
  'stored-crash',
  'lost-unknown',
  'lost-crash',
  'not-sent',
  'failed',
] as const;
type Outcome = (typeof outcomes)[number];

/** One step of the outside world or of a worker. Numbers choose among what the story has so far. */
export type Step =
  | {
      kind:
        | 'wake-up'
        | 'buyer-writes'
        | 'operator-writes'
        | 'operator-writes-unseen'
        | 'resume'
        | 'sweep'
        | 'delete-copies';
    }
  | { kind: 'redeliver' | 'claim' | 'begin' | 'echo'; pick: number }
  | { kind: 'look'; pick: number; isReadable: boolean }
  | { kind: 'store'; pick: number; action: 'answer' | 'handoff'; maxWaitMs: number }
  | { kind: 'outcome'; pick: number; outcome: Outcome };

const pick = fc.nat({ max: 50 });
const only = (...kinds: Step[]) => fc.constantFrom<Step>(...kinds);
const picking = <Kind extends 'redeliver' | 'claim' | 'begin' | 'echo'>(kind: Kind) =>
  fc.record({ kind: fc.constant(kind), pick });

const buyerWrites = only({ kind: 'buyer-writes' });
const operatorSteps = only(
  { kind: 'operator-writes' },
  { kind: 'operator-writes-unseen' },
  { kind: 'resume' },
);
const tidyingUp = only({ kind: 'sweep' }, { kind: 'delete-copies' }, { kind: 'wake-up' });
const looking = fc.record({
  kind: fc.constant('look' as const),
  pick,
  isReadable: fc.constantFrom(true, true, true, false),
});
const storing = fc.record({
  kind: fc.constant('store' as const),
  pick,
  action: fc.constantFrom('answer' as const, 'answer' as const, 'handoff' as const),
  maxWaitMs: fc.constantFrom(0, 60_000),
});
const reporting = fc.record({
  kind: fc.constant('outcome' as const),
  pick,
  outcome: fc.constantFrom(...outcomes),
});

/** Batches: the steps of one run at the same time. A step never taken again is a crash. */
const batches = (
  step: fc.Arbitrary<Step>,
  { minLength, maxLength }: { minLength: number; maxLength: number },
) => fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength, maxLength });

/** Everything that may happen to a chat. */
export const storyline = batches(
  fc.oneof(
    { weight: 4, arbitrary: buyerWrites },
    { weight: 1, arbitrary: operatorSteps },
    { weight: 1, arbitrary: tidyingUp },
    { weight: 2, arbitrary: picking('redeliver') },
    { weight: 5, arbitrary: picking('claim') },
    { weight: 5, arbitrary: picking('begin') },
    { weight: 1, arbitrary: picking('echo') },
    { weight: 2, arbitrary: looking },
    { weight: 5, arbitrary: storing },
    { weight: 5, arbitrary: reporting },
  ),
  { minLength: 5, maxLength: 25 },
);

const opening: Step[] = [
  { kind: 'buyer-writes' },
  { kind: 'claim', pick: 0 },
  { kind: 'store', pick: 0, action: 'answer', maxWaitMs: 0 },
];
/** Replies that are ready to leave, and all that may become of them. */
export const sendingStoryline = batches(
  fc.oneof(
    { weight: 1, arbitrary: fc.oneof(buyerWrites, picking('claim'), storing) },
    { weight: 1, arbitrary: fc.oneof({ weight: 4, arbitrary: tidyingUp }, operatorSteps) },
    { weight: 8, arbitrary: picking('begin') },
    { weight: 2, arbitrary: picking('echo') },
    { weight: 10, arbitrary: looking },
    { weight: 6, arbitrary: reporting },
  ),
  { minLength: 10, maxLength: 40 },
).map((rest) => [...opening, ...opening, ...opening].map((each) => [each]).concat(rest));

type Claim = { turn: number; messageIds: string[] };
/** A POST that was begun and not reported yet. */
type Fact = { sendId: string; attempt: number; text: string };

// Few, so that equal texts stand in one chat.
const phrases = ['Да, продаём.', 'Торг уместен.', 'Уточню и вернусь.'];

/** Plays steps against the database and an Avito in memory, and remembers what every caller was told. */
export function createStory({ pool, repositories }: { pool: Pool; repositories: Repositories }) {
  const { chats, turns, sends } = repositories;
  const chat: TestChat = newChat();
  const ledger = createChatLedger();
  const written: ReturnType<typeof buyerMessage>[] = [];
  const claims: Claim[] = [];
  const replyIds = new Set<string>();
  const inFlight: Fact[] = [];
  const sleepers: Fact[] = [];
  const problems: string[] = [];
  let turnsRung = 1;
  let texts = 0;

  const choose = <T>(from: readonly T[], index: number): T | undefined =>
    from[index % Math.max(from.length, 1)];

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
    } else if (begun.kind === 'superseded') turnsRung = begun.ring?.turn ?? turnsRung;
    if (begun.kind === 'already') return begun.status === 'sent' || begun.status === 'failed';
    return begun.kind === 'taken-over' || begun.kind === 'superseded';
  }

  async function store(
    { turn, messageIds }: Claim,
    { action, maxWaitMs: waitMs }: { action: 'answer' | 'handoff'; maxWaitMs: number },
  ): Promise<void> {
    texts += 1;
    const phrase = phrases[texts % phrases.length] ?? '';
    const input = answerTo(chat, { turn, messageIds, text: phrase });
    const parts = texts % 3 === 0 ? [phrase, phrase] : input.parts;
    const reply = { ...input.reply, action };
    const stored = await turns.storeReply({ ...input, maxWaitMs: waitMs, parts, reply });
    if (stored.kind === 'stored') replyIds.add(stored.replyId);
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

  async function play(next: Step): Promise<void> {
    switch (next.kind) {
      case 'buyer-writes': {
        const message = buyerMessage(chat, { messageId: randomUUID() });
        written.push(message);
        turnsRung = Math.max(turnsRung, (await turns.takeInMessage(message)).turn);
        return;
      }
      case 'redeliver': {
        const message = choose(written, next.pick);
        if (!message) return;
        const taken = await turns.takeInMessage(message);
        turnsRung = Math.max(turnsRung, taken.turn);
        return;
      }
      case 'operator-writes':
        await turns.takeInMessage(operatorMessage(chat));
        return;
      case 'operator-writes-unseen':
        ledger.storeForeign();
        return;
      case 'resume':
        await chats.resumeChat(chat);
        return;
      case 'sweep':
        // Less than nothing: whatever is due or being composed is overdue.
        turnsRung = (await turns.reopenTurn({ ...chat, olderThanMs: -1_000 })) ?? turnsRung;
        return;
      case 'delete-copies':
        await deleteCopies();
        return;
      case 'wake-up':
        for (const fact of sleepers.splice(0, 1)) await report(fact, 'sent');
        return;
      case 'claim': {
        // Mostly the newest turn, as the queue would ring, but old jobs come back as well.
        const turn = next.pick < 35 ? turnsRung : Math.max(1, turnsRung - (next.pick - 34));
        const claim = await turns.claimTurn({ ...chat, turn });
        if (claim.kind === 'claimed')
          claims.push({ turn, messageIds: claim.messages.map((each) => each.messageId) });
        if (claim.kind === 'stored') replyIds.add(claim.replyId);
        return;
      }
      case 'store': {
        const claim = choose(claims.toReversed(), next.pick < 35 ? 0 : next.pick);
        if (claim) await store(claim, next);
        return;
      }
      case 'begin': {
        const sendId = await choosePart(next.pick);
        if (sendId !== undefined) await begin(sendId, next.pick < 40 ? 0 : maxWaitMs);
        return;
      }
      case 'look': {
        const sendId = await choosePart(next.pick);
        if (sendId !== undefined) await look(sendId, next);
        return;
      }
      case 'echo':
        await echo(choose(ledger.ownIds(), next.pick) ?? '');
        return;
      case 'outcome': {
        const [fact] = inFlight.length === 0 ? [] : inFlight.splice(next.pick % inFlight.length, 1);
        if (fact) await report(fact, next.outcome);
        return;
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

  /** What sweeper and worker do in the end when nothing disturbs them: ring, compose, send and settle until nothing is left. */
  async function finish(): Promise<void> {
    // The sleepers wake up, and every event that is still on its way arrives.
    for (const fact of [...inFlight.splice(0), ...sleepers.splice(0)]) await report(fact, 'sent');
    for (const messageId of ledger.ownIds()) await echo(messageId);
    for (let round = 0; round < 4; round += 1) {
      const { rows } = await pool.query<{ id: string }>(
        `select s.id from sends s join replies r on r.id = s.reply_id
          where s.account_id = $1 and (s.status in ('queued', 'sending', 'unknown') or s.look_at is not null)
          order by r.turn, s.part`,
        [chat.accountId],
      );
      for (const { id } of rows) await finishSend(id);
      const turn = await turns.reopenTurn({ ...chat, olderThanMs: -1_000 });
      if (turn === undefined && rows.length === 0) break;
      const claim = turn === undefined ? undefined : await turns.claimTurn({ ...chat, turn });
      if (turn === undefined || claim?.kind !== 'claimed') continue;
      const messageIds = claim.messages.map((each) => each.messageId);
      await store({ turn, messageIds }, { action: 'answer', maxWaitMs: 0 });
    }
    await deleteCopies();
  }

  return { chat, ledger, written, replyIds, problems, play, finish };
}

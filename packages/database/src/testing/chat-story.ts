import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import type { Repositories } from '../index.ts';
import { answerTo, buyerMessage, newChat, operatorMessage, type TestChat } from './test-database.ts';

/** One step of the outside world or of a worker. Numbers choose among what the story has so far. */
export type Step =
  | { kind: 'buyer-writes' | 'operator-writes' | 'resume' | 'sweep' }
  | { kind: 'redeliver' | 'claim' | 'begin'; pick: number }
  | { kind: 'store'; pick: number; action: 'answer' | 'handoff'; maxWaitMs: number }
  | {
      kind: 'outcome';
      pick: number;
      outcome: 'sent' | 'echo' | 'echo-then-sent' | 'not-sent' | 'unknown' | 'failed';
    };

const pick = fc.nat({ max: 50 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ kind: 'buyer-writes' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Step>({ kind: 'operator-writes' }, { kind: 'resume' }, { kind: 'sweep' }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('redeliver' as const), pick }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('claim' as const), pick }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('begin' as const), pick }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('store' as const),
      pick,
      action: fc.constantFrom('answer' as const, 'answer' as const, 'handoff' as const),
      maxWaitMs: fc.constantFrom(0, 60_000),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('outcome' as const),
      pick,
      outcome: fc.constantFrom('sent', 'sent', 'echo', 'echo-then-sent', 'not-sent', 'unknown', 'failed'),
    }),
  },
);

/** Batches: the steps of one run at the same time. A step never taken again is a crash. */
export const storyline = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), {
  minLength: 5,
  maxLength: 25,
});

type Claim = { turn: number; messageIds: string[] };
type Fact = { sendId: string; text: string };

/** Plays steps against the database and remembers what every caller was told. */
export function createStory(repositories: Repositories) {
  const { chats, turns, sends } = repositories;
  const chat: TestChat = newChat();
  const written: ReturnType<typeof buyerMessage>[] = [];
  const claims: Claim[] = [];
  const replyIds = new Set<string>();
  const inFlight: Fact[] = [];
  /** How many more times each send was begun than proven not sent. */
  const posts = new Map<string, number>();
  const problems: string[] = [];
  let turnsRung = 1;
  let texts = 0;

  const choose = <T>(from: readonly T[], index: number): T | undefined =>
    from[index % Math.max(from.length, 1)];

  async function begin(sendId: string): Promise<void> {
    const begun = await sends.beginSend({ sendId });
    if (begun.kind !== 'go') return;
    const count = (posts.get(sendId) ?? 0) + 1;
    posts.set(sendId, count);
    if (count > 1) problems.push(`part ${sendId} was begun twice`);
    inFlight.push({ sendId, text: begun.send.text });
  }

  async function store(
    { turn, messageIds }: Claim,
    { action, maxWaitMs }: { action: 'answer' | 'handoff'; maxWaitMs: number },
  ): Promise<void> {
    texts += 1;
    const input = answerTo(chat, { turn, messageIds, text: `текст ${texts}` });
    const parts = texts % 3 === 0 ? [`текст ${texts}`, `и ещё ${texts}`] : input.parts;
    const stored = await turns.storeReply({ ...input, maxWaitMs, parts, reply: { ...input.reply, action } });
    if (stored.kind === 'stored') replyIds.add(stored.replyId);
  }

  async function report({ sendId, text }: Fact, outcome: string): Promise<void> {
    const error = { code: 'avito.test', message: outcome };
    const messageId = `m-${sendId}`;
    const echo = async () => {
      const author = await sends.confirmByEcho({ ...chat, messageId, text });
      if (author !== 'ours') problems.push(`the echo of ${sendId} was taken for an operator`);
    };
    if (outcome === 'not-sent') {
      if ((await sends.markNotSent({ sendId, error })) === 'queued')
        posts.set(sendId, (posts.get(sendId) ?? 0) - 1);
    } else if (outcome === 'unknown') await sends.markUnknown({ sendId, error });
    else if (outcome === 'failed') await sends.markFailed({ sendId, error });
    else {
      if (outcome !== 'sent') await echo();
      if (outcome !== 'echo') await sends.markSent({ sendId, avitoMessageId: messageId });
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
      case 'resume':
        await chats.resumeChat(chat);
        return;
      case 'sweep':
        // Less than nothing: whatever is due or being composed is overdue.
        turnsRung = (await turns.reopenTurn({ ...chat, olderThanMs: -1_000 })) ?? turnsRung;
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
        const replyId = choose([...replyIds].toReversed(), next.pick);
        const found = replyId === undefined ? undefined : await sends.findReply({ replyId });
        const send = choose(found?.sends ?? [], next.pick);
        if (send) await begin(send.sendId);
        return;
      }
      case 'outcome': {
        const [fact] = inFlight.length === 0 ? [] : inFlight.splice(next.pick % inFlight.length, 1);
        if (fact) await report(fact, next.outcome);
        return;
      }
    }
  }

  /** What sweeper and worker do in the end when nothing disturbs them: rings, composes and sends until nothing is left. */
  async function finish(): Promise<void> {
    for (let round = 0; round < 5; round += 1) {
      const turn = await turns.reopenTurn({ ...chat, olderThanMs: -1_000 });
      if (turn === undefined) break;
      const claim = await turns.claimTurn({ ...chat, turn });
      if (claim.kind !== 'claimed') continue;
      const messageIds = claim.messages.map((each) => each.messageId);
      await store({ turn, messageIds }, { action: 'answer', maxWaitMs: 0 });
    }
    for (const fact of inFlight.splice(0)) await report(fact, 'sent');
    for (const replyId of replyIds) {
      for (const { sendId } of (await sends.findReply({ replyId }))?.sends ?? []) {
        await begin(sendId);
        for (const fact of inFlight.splice(0)) await report(fact, 'sent');
      }
    }
  }

  return { chat, written, replyIds, problems, play, finish };
}

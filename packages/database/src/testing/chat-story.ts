import { randomUUID } from 'node:crypto';
import type { Pool, Repositories } from '../index.ts';
import { createChatLedger } from './chat-ledger.ts';
import { maxWaitMs } from './send-steps.ts';
import { createStoryOwner } from './story-owner.ts';
import { choose, createStorySender } from './story-sender.ts';
import type { Step } from './story-steps.ts';
import { answerTo, buyerMessage, newChat, operatorMessage, type TestChat } from './test-database.ts';

type StoreStep = Extract<Step, { kind: 'store' }>;
type Claim = { turn: number; messageIds: string[] };

// Few, so that equal texts stand in one chat.
const phrases = ['Да, продаём.', 'Торг уместен.', 'Уточню и вернусь.'];

/** Plays steps against the database and an Avito in memory, and remembers what every caller was told. */
export function createStory({ pool, repositories }: { pool: Pool; repositories: Repositories }) {
  const { chats, turns } = repositories;
  const chat: TestChat = newChat();
  const ledger = createChatLedger();
  const written: ReturnType<typeof buyerMessage>[] = [];
  const claims: Claim[] = [];
  const replyIds = new Set<string>();
  const problems: string[] = [];
  let turnsRung = 1;
  let texts = 0;
  const sender = createStorySender({
    pool,
    repositories,
    chat,
    ledger,
    replyIds,
    problems,
    onRing: (turn) => (turnsRung = turn),
  });

  const owner = createStoryOwner({
    repositories,
    chat,
    written,
    onRelease: (replyId) => replyIds.add(replyId),
    onRing: (turn) => (turnsRung = Math.max(turnsRung, turn)),
  });

  async function store(
    { turn, messageIds }: Claim,
    { action, maxWaitMs: waitMs, isDraft }: Pick<StoreStep, 'action' | 'maxWaitMs' | 'isDraft'>,
  ): Promise<void> {
    texts += 1;
    const phrase = phrases[texts % phrases.length] ?? '';
    const input = answerTo(chat, { turn, messageIds, text: phrase });
    const parts = texts % 3 === 0 ? [phrase, phrase] : input.parts;
    const reply = { ...input.reply, action };
    const stored = await turns.storeReply({ ...input, maxWaitMs: waitMs, parts, reply, isDraft });
    if (stored.kind === 'stored') replyIds.add(stored.replyId);
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
      case 'owner-decides':
        await owner.decide(next.pick, next.decision);
        return;
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
        await sender.deleteCopies();
        return;
      case 'wake-up':
        await sender.wakeUp();
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
        const sendId = await sender.choosePart(next.pick);
        if (sendId !== undefined) await sender.begin(sendId, next.pick < 40 ? 0 : maxWaitMs);
        return;
      }
      case 'look': {
        const sendId = await sender.choosePart(next.pick);
        if (sendId !== undefined) await sender.look(sendId, next);
        return;
      }
      case 'echo':
        await sender.echo(choose(ledger.ownIds(), next.pick) ?? '');
        return;
      case 'outcome':
        await sender.endPost(next.pick, next.outcome);
        return;
    }
  }

  /** What sweeper and worker do in the end when nothing disturbs them: ring, compose, send and settle until nothing is left. */
  async function finish(): Promise<void> {
    await sender.bringHome();
    for (let round = 0; round < 4; round += 1) {
      const { rows } = await pool.query<{ id: string }>(
        `select s.id from sends s join replies r on r.id = s.reply_id
          where s.account_id = $1 and (s.status in ('queued', 'sending', 'unknown') or s.look_at is not null)
          order by r.turn, s.part`,
        [chat.accountId],
      );
      for (const { id } of rows) await sender.finishSend(id);
      const turn = await turns.reopenTurn({ ...chat, olderThanMs: -1_000 });
      if (turn === undefined && rows.length === 0) break;
      const claim = turn === undefined ? undefined : await turns.claimTurn({ ...chat, turn });
      if (turn === undefined || claim?.kind !== 'claimed') continue;
      const messageIds = claim.messages.map((each) => each.messageId);
      await store({ turn, messageIds }, { action: 'answer', maxWaitMs: 0, isDraft: false });
    }
    await sender.deleteCopies();
  }

  return { chat, ledger, written, replyIds, problems, play, finish };
}

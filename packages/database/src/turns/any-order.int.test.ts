import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStory } from '../testing/chat-story.ts';
import { ownersStoryline, sendingStoryline, type Step, storyline } from '../testing/story-steps.ts';
import { useTestDatabase } from '../testing/test-database.ts';

const { pool, repositories } = useTestDatabase({ connections: 4 });

/** Rows that break a promise, whatever happened before. */
async function brokenPromises(accountId: number): Promise<unknown[]> {
  const { messages } = await repositories.decisions.listUnanswered({ accountId, limit: 1_000, offset: 0 });
  const listed = messages.map(({ messageId }) => messageId);
  const { rows } = await pool.query(
    `select 'two replies for one turn' as promise, turn::text as key
       from replies where account_id = $1 group by chat_id, turn having count(*) > 1
     union all
     select 'a message that waits, and nothing that would ring', message_id
       from messages m join chats c using (account_id, chat_id)
      where m.account_id = $1 and m.direction = 'in' and m.decision = 'answer' and m.reply_id is null
        and (c.mode <> 'auto' or (c.turn_due_at is null and c.composing_turn is null))
     union all
     select 'two parts of a chat on their way at a time', max(id::text)
       from sends where account_id = $1 and status = 'sending' group by chat_id having count(*) > 1
     union all
     select 'a reply that answers nothing', r.id::text
       from replies r where r.account_id = $1 and r.status in ('draft', 'stored')
        and not exists (select from messages m where m.reply_id = r.id and m.direction = 'in')
     union all
     select 'a question of the buyer that nobody answers and nobody sees', m.message_id
       from messages m left join replies r on r.id = m.reply_id
      where m.account_id = $1 and m.direction = 'in' and m.decision = 'answer' and r.status in ('failed', 'cancelled')
        and m.message_id <> all($2)
        and not exists (select from messages o where o.account_id = $1 and o.author_kind = 'operator'
                           and o.received_at >= m.received_at)
     union all
     select 'a reply that ended with open parts, or the other way round', r.id::text
       from replies r where r.account_id = $1 and r.status in ('sent', 'failed')
        and exists (select from sends s where s.reply_id = r.id and s.status in ('queued', 'sending', 'unknown'))
     union all
     select 'a reply that was called back and may still leave', r.id::text
       from replies r join sends s on s.reply_id = r.id
      where r.account_id = $1 and r.status = 'cancelled' and s.status = 'queued'
     union all
     select 'a part that is sent without a message, or has one without being sent', s.id::text
       from sends s where s.account_id = $1 and (s.status = 'sent') <> (s.avito_message_id is not null)
     union all
     select 'a part that was repeated more than twice', send_id::text
       from send_attempts where account_id = $1 and outcome <> 'not-sent' group by send_id having count(*) > 3
     union all
     select 'a part that left before the one in front of it', s.id::text
       from sends s join sends earlier on earlier.reply_id = s.reply_id and earlier.part < s.part
      where s.account_id = $1 and s.attempts > 0 and earlier.attempts = 0`,
    [accountId, listed],
  );
  return rows;
}

/** Replies that did not end. */
async function openReplies(accountId: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from replies r where account_id = $1 and status = 'stored'
        or exists (select from sends s
                    where s.reply_id = r.id and s.account_id = $1 and s.status in ('queued', 'sending', 'unknown'))`,
    [accountId],
  );
  return rows.map(({ id }) => id);
}

async function replyIdsNow(accountId: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>('select id from replies where account_id = $1', [
    accountId,
  ]);
  return rows.map(({ id }) => id);
}

async function attemptsOf(replyIds: string[]): Promise<number> {
  const { rows } = await pool.query<{ attempts: number }>(
    'select coalesce(sum(attempts), 0)::int as attempts from sends where reply_id = any($1)',
    [replyIds],
  );
  return rows[0]?.attempts ?? 0;
}

async function textsSent(accountId: number): Promise<string[]> {
  const { rows } = await pool.query<{ text: string }>(
    "select text from sends where account_id = $1 and status = 'sent'",
    [accountId],
  );
  return rows.map(({ text }) => text).toSorted();
}

async function playAll(batches: Step[][]): Promise<void> {
  const story = createStory({ pool, repositories });
  // Replies that an operator has overtaken, with the attempts they had by then: there may be no more.
  let overtaken: string[] = [];
  let attempts = 0;
  for (const batch of batches) {
    await Promise.all(batch.map(story.play));
    expect(await brokenPromises(story.chat.accountId)).toEqual([]);
    expect(await attemptsOf(overtaken)).toBe(attempts);
    if (batch.some(({ kind }) => kind === 'operator-writes')) {
      // A batch runs at once, so what it stored may be newer than the operator: the next one alone tells.
      await story.play({ kind: 'operator-writes' });
      overtaken = await replyIdsNow(story.chat.accountId);
      attempts = await attemptsOf(overtaken);
    }
  }
  await story.finish();
  expect(await attemptsOf(overtaken)).toBe(attempts);
  expect(story.problems).toEqual([]);
  expect(await brokenPromises(story.chat.accountId)).toEqual([]);
  expect(await openReplies(story.chat.accountId)).toEqual([]);

  // Nothing stands in the chat twice: as many messages of each text as there are parts that say so.
  expect(story.ledger.visible().toSorted()).toEqual(await textsSent(story.chat.accountId));

  // Nothing is lost: each message is answered by one reply or held for the owner.
  const stored = await repositories.chats.listMessages({ ...story.chat, limit: 1_000 });
  const inbound = stored.filter(({ direction }) => direction === 'in');
  expect(inbound.map(({ messageId }) => messageId).toSorted()).toEqual(
    story.written.map(({ messageId }) => messageId).toSorted(),
  );
  expect(inbound.filter(({ decision, replyId }) => decision === 'answer' && replyId === null)).toEqual([]);
}

test('in any order of steps, crashes and echoes nothing is lost and nothing leaves twice', async () => {
  await fc.assert(fc.asyncProperty(storyline, playAll), { numRuns: 15 });
}, 120_000);

test('whatever the owner decides meanwhile, nothing is lost and nothing leaves twice', async () => {
  await fc.assert(fc.asyncProperty(ownersStoryline, playAll), { numRuns: 15 });
}, 120_000);

test('whatever becomes of POSTs, looks and echoes, each part stands in the chat once', async () => {
  await fc.assert(fc.asyncProperty(sendingStoryline, playAll), { numRuns: 15 });
}, 120_000);

import { silentLogger, systemClock } from '@avito-autoreply/runtime';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { setUpCompose } from '../testing/compose-set-up.ts';
import { jobContext, policy, settingsWith } from '../testing/set-up.ts';
import { createReturnToAuto } from './return-to-auto.ts';
import { createTakeInEvent } from './take-in-event.ts';
import { workBound } from './work-bound.ts';

const CAP = 3;
const ownPolicy = {
  ...policy,
  maxRepliesPerChat: { perHour: CAP, perDay: 0 },
  repeatBreakerCount: 0,
  loopBreaker: { ...policy.loopBreaker, replies: 0 },
};

const steps = [
  'buyer',
  'buyer',
  'avito',
  'operator',
  'resume-phrase',
  'pause',
  'resume',
  'draft-mode',
  'off-mode',
  'account-mode',
  'compose',
  'compose',
  'compose',
  'deliver',
] as const;
type Step = (typeof steps)[number];

/** A chat in which anything may happen next. */
function createStory() {
  const context = setUpCompose({ ownPolicy });
  const { repositories, accountId, chatId, bell, run } = context;
  const { chats, sends } = repositories;
  const key = { accountId, chatId };
  const settingsOf = settingsWith({ policy: ownPolicy });
  const common = { queues: bell, settingsOf, logger: silentLogger };
  const takeIn = createTakeInEvent({
    ...common,
    repositories,
    isOurAccount: () => true,
    switchedOnAt: async () => new Date(0),
    returnToAuto: createReturnToAuto({ ...common, chats }),
    bound: workBound({ maxChats: 1_000, text: '' }),
    clock: systemClock,
  });
  let count = 0;
  const problems: string[] = [];
  const replyIds = new Set<string>();

  const write = (authorId: number, text: string, type = 'text') => {
    const value = {
      id: `${accountId}-${(count += 1)}`,
      chat_id: chatId,
      user_id: accountId,
      author_id: authorId,
      created: Math.floor(Date.now() / 1_000),
      type,
      content: { text },
    };
    return takeIn(
      { eventKey: value.id, receivedAt: 0, body: { payload: { type: 'message', value } } },
      jobContext,
    );
  };

  async function compose(): Promise<void> {
    const before = await chats.findChat(key);
    const rung = bell.rung.length;
    await run(before?.turn ?? 1);
    for (const { name, payload } of bell.rung.slice(rung)) {
      if (name !== 'send-reply') continue;
      const { replyId } = payload as { replyId: string };
      if (replyIds.has(replyId)) continue;
      replyIds.add(replyId);
      if (before?.mode === 'human') problems.push('answered over a person');
      if (before?.replyMode === 'off' || before?.replyMode === 'draft') problems.push('answered while off');
    }
  }

  async function deliver(): Promise<void> {
    for (const replyId of replyIds) {
      for (const { sendId } of (await sends.findReply({ replyId }))?.sends ?? []) {
        const mode = (await chats.findChat(key))?.mode;
        const begun = await sends.beginSend({ sendId, maxWaitMs: 0 });
        if (begun.kind !== 'go') continue;
        if (mode === 'human') problems.push('posted over a person');
        await sends.markSent({ sendId, attempt: begun.send.attempts, avitoMessageId: sendId });
      }
    }
  }

  const play: Record<Step, () => Promise<unknown>> = {
    buyer: () => write(7, `вопрос ${count}`),
    avito: () => write(0, 'Оцените сделку', 'system'),
    operator: () => write(accountId, `отвечу сам ${count}`),
    'resume-phrase': () => write(accountId, '/бот'),
    pause: () => chats.pauseChat(key),
    resume: () => chats.resumeChat(key),
    'draft-mode': () => chats.setReplyMode({ ...key, replyMode: 'draft' }),
    'off-mode': () => chats.setReplyMode({ ...key, replyMode: 'off' }),
    'account-mode': () => chats.setReplyMode({ ...key, replyMode: null }),
    compose,
    deliver,
  };

  return { context, key, problems, replyIds, play };
}

test('whatever happens in a chat: no answer to Avito, over a person, or above the cap, and nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...steps), { minLength: 5, maxLength: 30 }), async (story) => {
      const { context, key, problems, replyIds, play } = createStory();
      const { repositories, asked } = context;
      for (const step of story) await play[step]();
      expect(problems).toEqual([]);
      expect(replyIds.size).toBeLessThanOrEqual(CAP);
      expect(asked.map(({ question }) => question).join()).not.toMatch(/Оцените|отвечу|\/бот/);

      const messages = await repositories.chats.listMessages({ ...key, limit: 200 });
      const answered = messages.filter(({ direction, replyId }) => direction === 'in' && replyId !== null);
      expect(answered.every(({ authorKind }) => authorKind === 'buyer')).toBe(true);
      // Each waits, has a reply, or is held with a reason.
      for (const { authorKind, decision, decisionReason, replyId } of messages) {
        if (authorKind !== 'buyer') continue;
        expect(decision === 'answer' || decision === 'hold').toBe(true);
        if (decision === 'hold') expect(decisionReason).not.toBe('');
        else if (replyId === null)
          expect(await repositories.chats.findChat(key)).toMatchObject({ mode: 'auto' });
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

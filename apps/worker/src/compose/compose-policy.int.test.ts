import { describe, expect, test } from 'vitest';
import { buyerQuestion } from '../testing/buyer-question.ts';
import { plainAnswer, setUpCompose } from '../testing/compose-set-up.ts';
import { policy } from '../testing/set-up.ts';

type Context = ReturnType<typeof setUpCompose>;

/** The replies in the order in which they were rung for, each with its parts. */
const repliesOf = async ({ bell, repositories }: Context) => {
  const ids = new Set(bell.rung.map(({ payload }) => (payload as { replyId: string }).replyId));
  const found = await Promise.all([...ids].map((replyId) => repositories.sends.findReply({ replyId })));
  return found.flatMap((each) => each ?? []);
};

/** What Avito does with all that was rung for. */
async function deliver(context: Context): Promise<void> {
  for (const { sends } of await repliesOf(context)) {
    for (const { sendId, status } of sends) {
      if (status !== 'queued') continue;
      await context.repositories.sends.beginSend({ sendId, maxWaitMs: 30_000 });
      await context.repositories.sends.markSent({ sendId, attempt: 1, avitoMessageId: `out-${sendId}` });
    }
  }
}

const unanswered = async ({ repositories, accountId }: Context) => {
  const { messages } = await repositories.decisions.listUnanswered({ accountId, limit: 50, offset: 0 });
  return messages.map(({ text, decisionReason }) => [text, decisionReason]);
};

describe('in draft mode', () => {
  test('the text waits for the owner and nothing rings', async () => {
    const context = setUpCompose({ ownPolicy: { replyMode: 'draft' } });
    await context.write('Торг есть?');
    await context.run(1);
    expect(context.bell.rung).toEqual([]);
    const drafts = await context.repositories.decisions.listDrafts({ ...context, limit: 10, offset: 0 });
    expect(drafts).toMatchObject([{ text: 'Да, продаём.', question: 'Торг есть?', status: 'draft' }]);
  });

  test('a job that runs again changes nothing', async () => {
    const context = setUpCompose({ ownPolicy: { replyMode: 'draft' } });
    await context.write('Торг есть?');
    await context.run(1);
    await context.run(1);
    expect(context.asked).toHaveLength(1);
    expect((await repliesOf(context)).flatMap(({ sends }) => sends)).toEqual([]);
  });

  test('the mode of the chat goes above the account’s', async () => {
    const context = setUpCompose();
    const { repositories, accountId, chatId, write, run, bell } = context;
    await write('Торг есть?');
    await repositories.chats.setReplyMode({ accountId, chatId, replyMode: 'draft' });
    await run(1);
    expect(bell.rung).toEqual([]);
  });
});

test('above the cap nothing is composed, and the owner sees the question', async () => {
  const context = setUpCompose({ ownPolicy: { maxRepliesPerChat: { perHour: 2, perDay: 0 } } });
  for (const turn of [1, 2, 3]) {
    await context.write(`Вопрос ${turn}`);
    await context.run(turn);
    await deliver(context);
  }
  expect(context.asked).toHaveLength(2);
  expect(await unanswered(context)).toEqual([['Вопрос 3', 'reply-cap-hour']]);
});

test('the same question again and again calls a person, and nothing more is sent', async () => {
  const context = setUpCompose({ ownPolicy: { repeatBreakerCount: 3 } });
  for (const turn of [1, 2, 3]) {
    await context.write('Ещё продаёте?');
    await context.run(turn);
    await deliver(context);
  }
  expect(context.asked).toHaveLength(2);
  expect(await context.repositories.chats.findChat(context)).toMatchObject({
    mode: 'human',
    modeReason: 'repeat-breaker',
  });
  expect(await unanswered(context)).toEqual([['Ещё продаёте?', 'repeat-breaker']]);
});

test('two robots that talk to each other are parted', async () => {
  const loopBreaker = { replies: 3, withinMs: 3_600_000, answeredWithinMs: 3_600_000 };
  const context = setUpCompose({ ownPolicy: { loopBreaker } });
  for (const turn of [1, 2, 3, 4, 5]) {
    await context.write(`Здравствуйте, я бот ${turn}`, { createdAt: new Date(Date.now() + turn) });
    await context.run(turn);
    await deliver(context);
  }
  expect(context.asked).toHaveLength(3);
  expect(await context.repositories.chats.findChat(context)).toMatchObject({ modeReason: 'loop-breaker' });
});

test('at night the text goes out once, and every question of the night stays on the list', async () => {
  const closed = { timeZone: 'Europe/Moscow', weekly: [], breaks: [], holidays: [] };
  const context = setUpCompose({
    ownPolicy: { businessHours: closed, outsideHours: { instead: 'text', text: 'Закрыто до утра' } },
  });
  for (const turn of [1, 2]) {
    await context.write(`Вопрос ${turn}`, { reason: 'outside-hours-text' });
    await context.run(turn);
    await deliver(context);
  }
  expect(context.asked).toEqual([]);
  expect((await repliesOf(context)).map(({ reply }) => [reply.mode, reply.text, reply.status])).toEqual([
    ['static', 'Закрыто до утра', 'sent'],
  ]);
  expect(await unanswered(context)).toEqual([
    ['Вопрос 2', 'outside-hours'],
    ['Вопрос 1', 'outside-hours'],
  ]);
});

test('about a removed listing the buyer is told so, and the owner has the question', async () => {
  const context = setUpCompose({ listingStatus: 20 });
  await context.write('Ещё продаёте?');
  await context.run(1);
  expect((await repliesOf(context)).map(({ reply }) => reply.text)).toEqual([policy.closedListing.text]);
  expect(await unanswered(context)).toEqual([['Ещё продаёте?', 'closed-listing']]);
});

test('a buyer who asks for a person gets the text once, and silence after it', async () => {
  const context = setUpCompose({
    answer: async () => ({ ...plainAnswer, mode: 'static', action: 'handoff', reason: 'asked-for-human' }),
  });
  await context.write('Позовите человека');
  await context.run(1);
  await deliver(context);
  for (const turn of [2, 3]) {
    await context.write('Позовите человека!');
    await context.run(turn);
  }
  expect(context.asked).toHaveLength(1);
  expect(context.bell.rung).toHaveLength(1);
  expect(await unanswered(context)).toEqual([
    ['Позовите человека!', 'human-has-the-chat'],
    ['Позовите человека!', 'human-has-the-chat'],
    ['Позовите человека', 'asked-for-human'],
  ]);
});

test("the owner's word brings an answer to what was held, above the cap and the age", async () => {
  const context = setUpCompose({ ownPolicy: { maxRepliesPerChat: { perHour: 1, perDay: 1 } } });
  await context.write('Первый');
  await context.run(1);
  await deliver(context);
  await context.write('Второй');
  await context.run(2);
  expect(await unanswered(context)).toEqual([['Второй', 'reply-cap-hour']]);
  const asked = await context.repositories.decisions.answerAfterAll({ ...context, messageId: 'm2' });
  await context.run(asked.outcome === 'asked' ? asked.turn : 0);
  expect(context.asked.map(({ question }) => question)).toEqual(['Первый', 'Второй']);
});

describe('a person who takes the chat is heard', () => {
  const operator = async ({ repositories, accountId, chatId }: Context) =>
    repositories.turns.takeInMessage(
      buyerQuestion(
        { accountId, chatId },
        {
          direction: 'out',
          authorId: accountId,
          authorKind: 'operator',
          text: 'Отвечу сам',
          decision: 'ignore',
          reason: 'operator-wrote',
        },
      ),
    );

  test('before the turn is claimed', async () => {
    const context = setUpCompose();
    await context.write('Торг есть?');
    await operator(context);
    await context.run(1);
    expect(context.asked).toEqual([]);
  });

  test('after the text was generated', async () => {
    const context: Context = setUpCompose({
      answer: async () => {
        await operator(context);
        return plainAnswer;
      },
    });
    await context.write('Торг есть?');
    await context.run(1);
    expect(context.bell.rung).toEqual([]);
  });

  test('immediately before the POST', async () => {
    const context = setUpCompose();
    await context.write('Торг есть?');
    await context.run(1);
    await operator(context);
    const [found] = await repliesOf(context);
    const sendId = found?.sends[0]?.sendId ?? '';
    expect(await context.repositories.sends.beginSend({ sendId, maxWaitMs: 30_000 })).toEqual({
      kind: 'taken-over',
    });
  });
});

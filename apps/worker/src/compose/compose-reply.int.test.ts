import { createPool } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { plainAnswer as plain, setUpCompose as setUp } from '../testing/compose-set-up.ts';
import { putBackUntil } from '../testing/set-up.ts';

describe('a turn', () => {
  test('is all unanswered messages as one question, and its text is stored before the send is rung for', async () => {
    const { write, run, asked, replyOf } = setUp();
    await write('Здравствуйте');
    await write('подскажите');
    await write('доставка в Казань есть?');
    await run(1);
    expect(asked.map(({ question, item }) => [question, item?.title])).toEqual([
      ['Здравствуйте\nподскажите\nдоставка в Казань есть?', 'iPhone 13'],
    ]);
    expect(await replyOf()).toMatchObject({
      reply: { text: 'Да, продаём.', turn: 1, status: 'stored' },
      sends: [{ part: 1, text: 'Да, продаём.', status: 'queued' }],
    });
  });

  test('is counted against the budget, and a spent one keeps the models out of it', async () => {
    const { write, run, asked, recorded, accountId } = setUp({ isSpent: true });
    await write('Торг есть?');
    await run(1);
    expect(asked).toMatchObject([{ withoutModel: 'budget-spent' }]);
    expect(recorded).toEqual([{ accountId, usage: plain.usage }]);
  });

  test('that is not quiet yet is put back', async () => {
    const { write, run, asked } = setUp();
    await write('Здравствуйте', { quietMs: 30_000 });
    expect(await putBackUntil(run(1))).toBeGreaterThan(Date.now());
    expect(asked).toEqual([]);
  });

  test('knows what was said before', async () => {
    const { write, run, asked, bell, repositories } = setUp();
    await write('Торг есть?');
    await run(1);
    const [{ payload } = { payload: {} }] = bell.rung;
    const found = await repositories.sends.findReply(payload as { replyId: string });
    const [send] = found?.sends ?? [];
    if (!send) throw new Error('no send');
    await repositories.sends.beginSend({ sendId: send.sendId, maxWaitMs: 30_000 });
    await repositories.sends.markSent({ sendId: send.sendId, attempt: 1, avitoMessageId: 'out-1' });
    await write('А доставка?');
    await run(2);
    expect(asked[1]?.history).toEqual([
      { author: 'buyer', text: 'Торг есть?' },
      { author: 'us', text: 'Да, продаём.' },
    ]);
  });

  test('of pictures only reaches the engine without a question', async () => {
    const { write, run, asked } = setUp();
    await write(null);
    await run(1);
    expect(asked[0]?.question).toBe('');
  });

  test('gives one reply, however often its job runs', async () => {
    const { write, run, asked, bell } = setUp();
    await write('Торг есть?');
    await Promise.all([run(1), run(1)]);
    await run(1);
    expect(new Set(bell.rung.map(({ payload }) => JSON.stringify(payload))).size).toBe(1);
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  test('whose engine fails stores nothing and is composed again by the next try', async () => {
    let failures = 1;
    const { write, run, bell } = setUp({
      answer: async () => {
        if (failures-- > 0) throw new Error('no database');
        return plain;
      },
    });
    await write('Торг есть?');
    await expect(run(1)).rejects.toThrow('no database');
    expect(bell.rung).toEqual([]);
    await run(1);
    expect(bell.rung).toMatchObject([{ name: 'send-reply' }]);
  });
});

test('a composition that takes long says that it goes on, and is not taken from its composer', async () => {
  const pool = createPool({ url: inject('databaseUrl'), max: 1, logger: silentLogger });
  onTestFinished(() => pool.end());
  let reopened: number | undefined;
  const { repositories, accountId, chatId, write, run, replyOf } = setUp({
    sayEveryMs: 10,
    answer: async () => {
      const silence = () =>
        pool.query(
          `select clock_timestamp() - composing_since > interval '1 min' as long from chats
            where account_id = $1 and chat_id = $2`,
          [accountId, chatId],
        );
      await pool.query(
        `update chats set composing_since = composing_since - interval '5 min' where account_id = $1 and chat_id = $2`,
        [accountId, chatId],
      );
      await expect.poll(silence).toMatchObject({ rows: [{ long: false }] });
      reopened = await repositories.turns.reopenTurn({ accountId, chatId, olderThanMs: 120_000 });
      return plain;
    },
  });
  await write('Торг есть?');
  await run(1);
  expect(reopened).toBeUndefined();
  expect(await replyOf()).toMatchObject({ reply: { turn: 1 } });
});

describe('a text is dropped', () => {
  test('when the buyer wrote on while it was composed; the next turn answers everything', async () => {
    const { write, run, asked, bell } = setUp({
      answer: async ({ question }) => {
        if (!question.includes('А доставка?')) await write('А доставка?');
        return plain;
      },
    });
    await write('Торг есть?');
    await run(1);
    expect(bell.rung).toEqual([]);
    await run(2);
    expect(asked[1]?.question).toBe('Торг есть?\nА доставка?');
    expect(bell.rung).toHaveLength(1);
  });

  test('when a person took the chat while it was composed', async () => {
    const context = setUp({
      answer: async () => {
        await context.repositories.chats.pauseChat(context);
        return plain;
      },
    });
    await context.write('Торг есть?');
    await context.run(1);
    expect(context.bell.rung).toEqual([]);
  });
});

test('a hand-off text still leaves, and the chat is with a person from then on', async () => {
  const { write, run, repositories, accountId, chatId, replyOf } = setUp({
    answer: async () => ({ ...plain, mode: 'static', action: 'handoff', reason: 'not-in-base' }),
  });
  await write('А рояль настроите?');
  await run(1);
  expect(await replyOf()).toMatchObject({ reply: { status: 'stored' }, sends: [{ status: 'queued' }] });
  expect(await repositories.chats.findChat({ accountId, chatId })).toMatchObject({
    mode: 'human',
    modeReason: 'not-in-base',
  });
});

test('a long text is sent in parts', async () => {
  const { write, run, replyOf } = setUp({
    answer: async () => ({ ...plain, text: 'Предложение. '.repeat(200) }),
  });
  await write('Расскажите всё');
  await run(1);
  const parts = (await replyOf())?.sends.map(({ text }) => text.length) ?? [];
  expect(parts.length).toBeGreaterThan(2);
  expect(Math.max(...parts)).toBeLessThanOrEqual(1_000);
});

test('switched off, nothing is composed and the owner sees the messages', async () => {
  const { write, run, asked, repositories, accountId } = setUp({ isEnabled: false });
  await write('Торг есть?');
  await run(1);
  expect(asked).toEqual([]);
  expect(await repositories.chats.listHeldMessages({ accountId })).toMatchObject([
    { text: 'Торг есть?', decisionReason: 'auto-reply-disabled' },
  ]);
});

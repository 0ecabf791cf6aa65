import {
  AvitoApiError,
  AvitoConnectionError,
  type SendOutcome,
  AvitoResponseError,
} from '@avito-autoreply/avito';
import { AppError, silentLogger, systemClock } from '@avito-autoreply/runtime';
import { createPool } from '@avito-autoreply/database';
import { describe, expect, inject, test } from 'vitest';
import { buyerQuestion, storeAnswer } from '../testing/buyer-question.ts';
import {
  createBell,
  createFakeAvito,
  jobContext,
  ownMessage,
  putBackUntil,
  setUpAccount,
  settingsWith,
} from '../testing/set-up.ts';
import { createSendReply } from './send-reply.ts';

const busy = new AvitoApiError('POST messages: 429', {
  code: 'avito.rate-limited',
  status: 429,
  retryAfterMs: 5_000,
  mayHaveTakenEffect: false,
});
const gone = new AvitoApiError('POST messages: 404', {
  code: 'avito.not-found',
  status: 404,
  mayHaveTakenEffect: false,
});
const silent = new AvitoConnectionError('POST messages: silent', {
  code: 'avito.timeout',
  requestMayHaveArrived: true,
  mayHaveTakenEffect: true,
});

const lost: SendOutcome = { outcome: 'unknown', error: silent };

/** A chat with one buyer's message whose reply is stored and ready to leave. */
async function setUp({
  parts = ['Да, продаём.'],
  outcomes = [] as SendOutcome[],
  isEnabled = true,
  startWithinMs = 5_000,
} = {}) {
  const { repositories, accountId, chatId } = setUpAccount();
  const { replyId } = await storeAnswer(repositories, { accountId, chatId, parts });
  const avito = createFakeAvito([...outcomes]);
  const bell = createBell();
  const send = createSendReply({
    repositories,
    clientOf: avito.clientOf,
    queues: bell,
    settingsOf: settingsWith({ isEnabled }),
    settleMs: 20_000,
    timing: { startWithinMs, postTimeoutMs: 10_000 },
    clock: systemClock,
    logger: silentLogger,
  });
  const run = () => send({ accountId, chatId, replyId }, jobContext);
  const state = async () => {
    const found = await repositories.sends.findReply({ replyId });
    const chat = await repositories.chats.findChat({ accountId, chatId });
    return {
      reply: found?.reply.status,
      sends: found?.sends.map(({ status }) => status),
      mode: chat?.mode,
      reason: chat?.modeReason,
    };
  };
  const sendIds = async () =>
    (await repositories.sends.findReply({ replyId }))?.sends.map(({ sendId }) => sendId) ?? [];
  /** Lets so much time pass for the reply's parts, by the database's clock. */
  const passTime = async (ms: number) => {
    const pool = createPool({ url: inject('databaseUrl'), max: 1, logger: silentLogger });
    await pool.query(
      `update sends set intent_at = intent_at - $2 * interval '1 ms', look_at = look_at - $2 * interval '1 ms'
        where reply_id = $1`,
      [replyId, ms],
    );
    await pool.end();
  };
  /** Runs the job again each time it comes back, with a settle time in between. */
  const settle = async () => {
    for (let runs = 0; runs < 20; runs += 1) {
      if ((await putBackUntil(run())) === undefined) return;
      await passTime(60_000);
    }
    throw new Error('it never settled');
  };
  const chat = { accountId, chatId };
  /** As if the buyer had written so long ago, and his message had only now come out of the queue. */
  const inDatabase = async (statement: string, values: unknown[]) => {
    const pool = createPool({ url: inject('databaseUrl'), max: 1, logger: silentLogger });
    await pool.query(statement, values);
    await pool.end();
  };
  const askedBefore = (ms: number) =>
    inDatabase(
      "update messages set created_at = created_at - $2 * interval '1 ms' where reply_id = $1 and direction = 'in'",
      [replyId, ms],
    );
  const polledBefore = async (ms: number) => {
    const { accountId } = chat;
    await repositories.polls.beginPoll({ accountId, leaseMs: 1 });
    await inDatabase("update polls set watermark = watermark - $2 * interval '1 ms' where account_id = $1", [
      accountId,
      ms,
    ]);
  };
  return {
    repositories,
    chat,
    replyId,
    ...avito,
    bell,
    run,
    settle,
    passTime,
    askedBefore,
    polledBefore,
    state,
    sendIds,
  };
}

describe('a reply', () => {
  test('leaves part by part, in order, and is done', async () => {
    const { run, posts, state } = await setUp({ parts: ['Первая.', 'Вторая.', 'Третья.'] });
    await run();
    expect(posts).toEqual(['Первая.', 'Вторая.', 'Третья.']);
    expect(await state()).toMatchObject({ reply: 'sent', sends: ['sent', 'sent', 'sent'], mode: 'auto' });
  });

  test('leaves once, however often its job runs, one after the other or at the same time', async () => {
    const { run, posts } = await setUp({ parts: ['Первая.', 'Вторая.'] });
    await Promise.allSettled([run(), run(), run()]);
    await putBackUntil(run());
    expect(posts).toEqual(['Первая.', 'Вторая.']);
  });
});

describe('what certainly did not arrive', () => {
  test('is queued again and retried by the queue, and leaves once', async () => {
    const { run, posts, state } = await setUp({ outcomes: [{ outcome: 'not-sent', error: busy }] });
    await expect(run()).rejects.toMatchObject({ code: 'avito.rate-limited', retryAfterMs: 5_000 });
    expect(await state()).toMatchObject({ sends: ['queued'], mode: 'auto' });
    await run();
    expect(posts).toHaveLength(2);
    expect(await state()).toMatchObject({ reply: 'sent', sends: ['sent'] });
  });

  test('and never will is handed to a person, later parts are not sent', async () => {
    const { run, posts, state } = await setUp({
      parts: ['Первая.', 'Вторая.'],
      outcomes: [{ outcome: 'not-sent', error: gone }],
    });
    await run();
    await run();
    expect(posts).toEqual(['Первая.']);
    expect(await state()).toEqual({
      reply: 'failed',
      sends: ['failed', 'cancelled'],
      mode: 'human',
      reason: 'avito.not-found',
    });
  });

  test('because the process slept between intent and POST, is queued again at once', async () => {
    const { run, posts, state } = await setUp({ startWithinMs: 0 });
    await expect(run()).rejects.toMatchObject({ code: 'avito.too-late', retryAfterMs: expect.any(Number) });
    expect(posts).toEqual([]);
    expect(await state()).toMatchObject({ sends: ['queued'], mode: 'auto' });
  });

  test('for Avito limits the calls without saying for how long, is put off and uses up no attempt', async () => {
    const vague = new AvitoApiError('429', {
      code: 'avito.rate-limited',
      status: 429,
      mayHaveTakenEffect: false,
    });
    const { run } = await setUp({ outcomes: [{ outcome: 'not-sent', error: vague }] });
    await expect(run()).rejects.toMatchObject({ retryAfterMs: expect.any(Number) });
  });
});

describe('what may have arrived', () => {
  test('is looked for before anything else, and the reply goes on after it', async () => {
    const { run, settle, posts, history, state } = await setUp({
      parts: ['Первая.', 'Вторая.'],
      outcomes: [lost],
    });
    expect(await putBackUntil(run())).toBeGreaterThan(Date.now());
    expect(posts).toEqual(['Первая.']);
    expect(await state()).toMatchObject({ sends: ['unknown', 'queued'], mode: 'auto' });
    history.push(ownMessage('Первая.'));
    await settle();
    expect(posts).toEqual(['Первая.', 'Вторая.']);
    expect(await state()).toMatchObject({ reply: 'sent', sends: ['sent', 'sent'], mode: 'auto' });
  });

  test('and left no trace is sent again, at most twice, and then a person is called', async () => {
    const once = await setUp({ outcomes: [lost] });
    await once.settle();
    expect(once.posts).toHaveLength(2);
    expect(await once.state()).toMatchObject({ reply: 'sent', mode: 'auto' });

    const never = await setUp({ parts: ['Первая.', 'Вторая.'], outcomes: [lost, lost, lost] });
    await never.settle();
    expect(never.posts).toEqual(['Первая.', 'Первая.', 'Первая.']);
    expect(await never.state()).toEqual({
      reply: 'failed',
      sends: ['failed', 'cancelled'],
      mode: 'human',
      reason: 'send.no-trace',
    });
  });

  test('is not sent again while the history cannot be read', async () => {
    const { run, passTime, refusals, posts, history, settle, state } = await setUp({ outcomes: [lost] });
    refusals.history = busy;
    for (let runs = 0; runs < 4; runs += 1) {
      expect(await putBackUntil(run())).toBeGreaterThan(Date.now());
      await passTime(60_000);
    }
    expect(posts).toHaveLength(1);
    delete refusals.history;
    history.push(ownMessage('Да, продаём.'));
    await settle();
    expect(posts).toHaveLength(1);
    expect(await state()).toMatchObject({ reply: 'sent' });
  });

  test('is not sent again while an entry of the history makes no sense: it may be this very text', async () => {
    const { run, passTime, refusals, posts, history, settle, state } = await setUp({ outcomes: [lost] });
    refusals.gap = new AvitoResponseError('GET messages: makes no sense', { mayHaveTakenEffect: false });
    for (let runs = 0; runs < 4; runs += 1) {
      expect(await putBackUntil(run())).toBeGreaterThan(Date.now());
      await passTime(60_000);
    }
    expect(posts).toHaveLength(1);
    delete refusals.gap;
    history.push(ownMessage('Да, продаём.'));
    await settle();
    expect([posts.length, (await state()).reply]).toEqual([1, 'sent']);
  });

  test.each([
    { operator: 'an operator', authorId: null },
    { operator: 'an employee with a number of his own', authorId: 555 },
  ])('is not sent again where $operator wrote meanwhile, though his event was lost', async ({ authorId }) => {
    const { run, settle, history, posts, state } = await setUp({ outcomes: [lost] });
    await putBackUntil(run());
    history.push({ ...ownMessage('Я отвечу сам'), authorId });
    await settle();
    expect(posts).toHaveLength(1);
    expect(await state()).toEqual({
      reply: 'cancelled',
      sends: ['cancelled'],
      mode: 'human',
      reason: 'operator-wrote',
    });
  });

  test('is confirmed by its echo, even when that comes before the response', async () => {
    const { run, settle, posts, state, repositories, chat } = await setUp({ outcomes: [lost] });
    await putBackUntil(run());
    const echo = { ...chat, messageId: 'echo', text: 'Да,  продаём.' };
    expect(await repositories.sends.confirmByEcho(echo)).toBe('ours');
    await settle();
    expect(posts).toHaveLength(1);
    expect(await state()).toMatchObject({ sends: ['sent'] });
  });

  test('includes the part over which a worker died', async () => {
    const { sendIds, repositories, run, passTime, settle, posts, history, state } = await setUp();
    const [sendId = ''] = await sendIds();
    await repositories.sends.beginSend({ sendId, maxWaitMs: 30_000 });
    expect(await putBackUntil(run())).toBeGreaterThan(Date.now());
    expect(await state()).toMatchObject({ sends: ['sending'] });
    await passTime(16_000);
    await putBackUntil(run());
    expect(await state()).toMatchObject({ sends: ['unknown'], mode: 'auto' });
    history.push(ownMessage('Да, продаём.'));
    await settle();
    expect(posts).toEqual([]);
    expect(await state()).toMatchObject({ sends: ['sent'] });
  });
});

describe('a repetition that turns out double', () => {
  test('is no operator, though its first copy shows only while a later part is looked for', async () => {
    const second: SendOutcome = { outcome: 'sent', messageId: 'second', createdAt: new Date() };
    const { run, settle, passTime, posts, history, deleted, state } = await setUp({
      parts: ['Первая.', 'Вторая.'],
      outcomes: [lost, second, lost],
    });
    while (posts.length < 3) {
      await putBackUntil(run());
      await passTime(60_000);
    }
    history.push(ownMessage('Первая.'));
    await settle();
    expect(posts).toEqual(['Первая.', 'Первая.', 'Вторая.', 'Вторая.']);
    expect(deleted).toHaveLength(1);
    expect(await state()).toEqual({ reply: 'sent', sends: ['sent', 'sent'], mode: 'auto', reason: null });
  });

  const late: SendOutcome = { outcome: 'unknown', error: silent };

  test('loses its second copy', async () => {
    const context = await setUp({ outcomes: [late] });
    const { run, passTime, posts, history, deleted, settle, repositories, replyId } = context;
    for (let runs = 0; runs < 3; runs += 1) {
      await putBackUntil(run());
      await passTime(20_000);
    }
    expect(posts).toHaveLength(2);
    history.push(ownMessage('Да, продаём.', { id: 'late' }));
    await settle();
    expect(deleted).toEqual(['late']);
    expect(await repositories.sends.findReply({ replyId })).toMatchObject({
      reply: { status: 'sent' },
      sends: [{ status: 'sent', errorCode: 'send.double-deleted' }],
    });
  });

  test('counts as deleted where Avito has it no more: the note of the deletion was lost, or a person did it', async () => {
    const { run, passTime, posts, history, refusals, settle, repositories, replyId } = await setUp({
      outcomes: [late],
    });
    for (let runs = 0; runs < 3; runs += 1) {
      await putBackUntil(run());
      await passTime(20_000);
    }
    expect(posts).toHaveLength(2);
    history.push(ownMessage('Да, продаём.', { id: 'late' }));
    refusals.deletion = gone;
    await settle();
    expect(await repositories.sends.findReply({ replyId })).toMatchObject({
      sends: [{ status: 'sent', errorCode: 'send.double-deleted' }],
    });
  });

  test('is tried again while Avito is in trouble, and noted where Avito refuses', async () => {
    const { run, passTime, posts, deleted, refusals, settle, repositories, chat, replyId } = await setUp({
      outcomes: [late],
    });
    for (let runs = 0; runs < 3; runs += 1) {
      await putBackUntil(run());
      await passTime(20_000);
    }
    expect(posts).toHaveLength(2);
    await repositories.sends.confirmByEcho({
      ...chat,
      messageId: 'late',
      text: 'Да, продаём.',
      createdAt: new Date(),
    });
    refusals.deletion = busy;
    expect(await putBackUntil(run())).toBeGreaterThan(Date.now());
    refusals.deletion = new AvitoApiError('no', {
      code: 'avito.bad-request',
      status: 400,
      mayHaveTakenEffect: false,
    });
    await settle();
    expect(deleted).toEqual([]);
    expect(await repositories.sends.findReply({ replyId })).toMatchObject({
      sends: [{ status: 'sent', errorCode: 'send.double-kept' }],
    });
  });
});

describe('before anything has left', () => {
  test('a newer message of the buyer calls the reply back and rings for the turn that answers both', async () => {
    const { repositories, chat, bell, run, posts, state } = await setUp();
    await repositories.turns.takeInMessage(buyerQuestion(chat, { text: 'А торг?', maxWaitMs: 30_000 }));
    await run();
    expect(posts).toEqual([]);
    expect(await state()).toMatchObject({ reply: 'cancelled', mode: 'auto' });
    expect(bell.rung).toMatchObject([{ name: 'compose-reply', payload: { ...chat, turn: 2 } }]);
    await run();
    expect(bell.rung).toHaveLength(2);
  });
});

test('a person who takes the chat before the send stops it', async () => {
  const { run, posts, state, repositories, chat } = await setUp();
  await repositories.chats.pauseChat(chat);
  await run();
  expect(posts).toEqual([]);
  expect(await state()).toMatchObject({ reply: 'cancelled', sends: ['cancelled'] });
});

describe('a reply that leaves late', () => {
  const MINUTE = 60_000;
  const unreadable = new AvitoConnectionError('GET messages: silent', {
    code: 'avito.timeout',
    requestMayHaveArrived: true,
    mayHaveTakenEffect: false,
  });

  test('is left to the operator whom the chat shows and no event told of', async () => {
    const { run, posts, history, state, askedBefore } = await setUp();
    history.push(ownMessage('Отвечу сам'));
    await askedBefore(MINUTE);
    await run();
    expect(posts).toEqual([]);
    expect(await state()).toEqual({
      reply: 'cancelled',
      sends: ['cancelled'],
      mode: 'human',
      reason: 'operator-wrote',
    });
  });

  test('is left to an employee who wrote under a number of his own', async () => {
    const { run, posts, history, state, askedBefore } = await setUp();
    history.push({ ...ownMessage('Отвечу сам'), authorId: 555 });
    await askedBefore(MINUTE);
    await run();
    expect(posts).toEqual([]);
    expect(await state()).toMatchObject({ mode: 'human', reason: 'operator-wrote' });
  });

  test("is not left to Avito's chat-bot, which may speak in the seller's name", async () => {
    const { run, posts, history, state, askedBefore } = await setUp();
    const content = { text: 'Отвечаем с 9 до 20', flow_id: 'flower_161071' };
    history.push({ ...ownMessage('Отвечаем с 9 до 20'), content });
    await askedBefore(MINUTE);
    await run();
    expect(posts).toHaveLength(1);
    expect(await state()).toMatchObject({ reply: 'sent', mode: 'auto' });
  });

  test('is left to an operator who wrote soon after the question, long ago', async () => {
    const { run, posts, history, state, askedBefore } = await setUp();
    history.push({ ...ownMessage('Отвечу сам'), createdAt: new Date(Date.now() - 9 * MINUTE) });
    await askedBefore(10 * MINUTE);
    await run();
    expect(posts).toEqual([]);
    expect(await state()).toMatchObject({ mode: 'human', reason: 'operator-wrote' });
  });

  test.each([
    { poller: 'is behind', polledAgo: 20 * MINUTE, isLeft: true },
    { poller: 'has read that far', polledAgo: 2 * MINUTE, isLeft: false },
  ])('and to one who wrote before the question, if the poller $poller', async ({ polledAgo, isLeft }) => {
    const { run, posts, history, state, askedBefore, polledBefore } = await setUp();
    history.push({ ...ownMessage('Отвечу сам'), createdAt: new Date(Date.now() - 9 * MINUTE) });
    await polledBefore(polledAgo);
    await askedBefore(MINUTE);
    await run();
    expect(posts).toHaveLength(isLeft ? 0 : 1);
    expect((await state()).mode).toBe(isLeft ? 'human' : 'auto');
  });

  test('and to one who wrote before the question, if the poller could not read this chat', async () => {
    const { run, posts, history, state, askedBefore, polledBefore, repositories, chat } = await setUp();
    history.push({ ...ownMessage('Отвечу сам'), createdAt: new Date(Date.now() - 9 * MINUTE) });
    await polledBefore(2 * MINUTE);
    const since = new Date(Date.now() - 20 * MINUTE);
    await repositories.polls.noteUnread({
      ...chat,
      since,
      touchedAt: null,
      problem: 'avito.timeout',
      atMost: 1,
    });
    await askedBefore(MINUTE);
    await run();
    expect(posts).toEqual([]);
    expect((await state()).mode).toBe('human');
  });

  test('is not kept back by what stands further up than an hour: the poller finds that', async () => {
    const { run, posts, history, state, askedBefore } = await setUp();
    history.push({ ...ownMessage('Отвечу сам'), createdAt: new Date(Date.now() - 120 * MINUTE) });
    await askedBefore(30 * 24 * 60 * MINUTE);
    await run();
    expect(posts).toHaveLength(1);
    expect(await state()).toMatchObject({ reply: 'sent', mode: 'auto' });
  });

  test('leaves where nobody has written, whole, after one look', async () => {
    const { run, posts, history, reads, state, askedBefore } = await setUp({ parts: ['Первая.', 'Вторая.'] });
    history.push({ ...ownMessage(''), type: 'deleted', text: null });
    await askedBefore(MINUTE);
    await run();
    expect(posts).toEqual(['Первая.', 'Вторая.']);
    expect(reads()).toBe(1);
    expect(await state()).toMatchObject({ reply: 'sent', mode: 'auto' });
  });

  test('does not take what the program itself said for an operator', async () => {
    const { run, posts, history, state, askedBefore, chat, replyId, repositories } = await setUp({
      parts: ['Первая.', 'Вторая.'],
      outcomes: [lost],
    });
    await putBackUntil(run());
    history.push(ownMessage('Первая.', { id: 'the-first' }));
    await repositories.sends.confirmByEcho({ ...chat, messageId: 'the-first', text: 'Первая.' });
    await askedBefore(MINUTE);
    await run();
    expect(posts).toEqual(['Первая.', 'Вторая.']);
    expect(await repositories.sends.findReply({ replyId })).toMatchObject({ reply: { status: 'sent' } });
    expect(await state()).toMatchObject({ mode: 'auto' });
  });

  test('waits while the chat cannot be read, and spends no attempt on it', async () => {
    const { run, posts, refusals, state, askedBefore } = await setUp();
    refusals.history = unreadable;
    await askedBefore(MINUTE);
    await expect(run()).rejects.toMatchObject({
      code: 'avito.timeout',
      isRetryable: true,
      retryAfterMs: 2_000,
    });
    expect(posts).toEqual([]);
    expect(await state()).toMatchObject({ reply: 'stored', sends: ['queued'], mode: 'auto' });
    delete refusals.history;
    await run();
    expect(posts).toHaveLength(1);
  });

  test('leaves it to the POST to say what a refusal for good means', async () => {
    const { run, refusals, state, askedBefore } = await setUp({
      outcomes: [{ outcome: 'not-sent', error: gone }],
    });
    refusals.history = gone;
    await askedBefore(MINUTE);
    await run();
    expect(await state()).toMatchObject({ sends: ['failed'], mode: 'human', reason: 'avito.not-found' });
  });

  test('gives the chat back where the operator only said so', async () => {
    const { run, posts, history, state, askedBefore } = await setUp();
    history.push(ownMessage('/бот'));
    await askedBefore(MINUTE);
    await run();
    expect(posts).toHaveLength(1);
    expect(await state()).toMatchObject({ reply: 'sent', mode: 'auto' });
  });
});

test('a reply in time costs Avito no call but its POST', async () => {
  const { run, posts, reads } = await setUp();
  await run();
  expect(posts).toHaveLength(1);
  expect(reads()).toBe(0);
});

test('switched off, nothing leaves that was stored before', async () => {
  const { run, posts, state } = await setUp({ isEnabled: false });
  await run();
  expect(posts).toEqual([]);
  expect(await state()).toMatchObject({ reply: 'cancelled', mode: 'human', reason: 'auto-reply-disabled' });
});

test('without the credentials of the account nothing is begun: the part stays queued', async () => {
  const { repositories, chat, replyId } = await setUp();
  const send = createSendReply({
    repositories,
    clientOf: () => {
      throw new AppError('not configured here', { code: 'account.unknown' });
    },
    queues: createBell(),
    settingsOf: settingsWith(),
    settleMs: 20_000,
    clock: systemClock,
    logger: silentLogger,
  });
  await expect(send({ ...chat, replyId }, jobContext)).rejects.toMatchObject({
    code: 'account.unknown',
  });
  expect(await repositories.sends.findReply({ replyId })).toMatchObject({
    sends: [{ status: 'queued', attempts: 0 }],
  });
});

import { AvitoApiError, AvitoConnectionError, type SendOutcome } from '@avito-autoreply/avito';
import { AppError, silentLogger, systemClock } from '@avito-autoreply/runtime';
import { describe, expect, test } from 'vitest';
import { createFakeAvito, jobContext, putBackUntil, setUpAccount, settingsWith } from '../testing/set-up.ts';
import { createSendReply, INTENT_TIMEOUT_MS } from './send-reply.ts';

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

/** A chat with one buyer's message whose reply is stored and ready to leave. */
async function setUp({
  parts = ['Да, продаём.'],
  outcomes = [] as SendOutcome[],
  isEnabled = true,
  skewMs = 0,
} = {}) {
  const { repositories, accountId, chatId } = setUpAccount();
  await repositories.turns.takeInMessage({
    accountId,
    chatId,
    messageId: 'm1',
    direction: 'in',
    authorId: 7,
    authorKind: 'buyer',
    type: 'text',
    text: 'Ещё продаёте?',
    content: {},
    itemId: null,
    chatType: 'u2i',
    createdAt: new Date(),
    decision: 'answer',
    reason: 'buyer-message',
    quietMs: 0,
    maxWaitMs: 0,
  });
  await repositories.turns.claimTurn({ accountId, chatId, turn: 1 });
  const stored = await repositories.turns.storeReply({
    accountId,
    chatId,
    turn: 1,
    messageIds: ['m1'],
    reply: {
      mode: 'extractive',
      action: 'answer',
      question: '?',
      text: parts.join(' '),
      sources: [],
      trace: {},
    },
    parts,
    maxWaitMs: 0,
  });
  if (stored.kind !== 'stored') throw new Error(`the reply is ${stored.kind}`);
  const { replyId } = stored;
  const { posts, clientOf } = createFakeAvito([...outcomes]);
  const send = createSendReply({
    repositories,
    clientOf,
    settingsOf: settingsWith({ isEnabled }),
    clock: { now: () => systemClock.now() + skewMs },
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
  return { repositories, accountId, chatId, replyId, posts, run, state, sendIds };
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
});

describe('what may have arrived', () => {
  test('is never sent again, and a person is called', async () => {
    const { run, posts, state } = await setUp({ outcomes: [{ outcome: 'unknown', error: silent }] });
    await run();
    await run();
    expect(posts).toHaveLength(1);
    expect(await state()).toMatchObject({
      sends: ['unknown'],
      mode: 'human',
      reason: 'send-outcome-unknown',
    });
  });

  test('is confirmed by its echo, even when that comes before the response', async () => {
    const { run, state, repositories, accountId, chatId } = await setUp({
      outcomes: [{ outcome: 'unknown', error: silent }],
    });
    await run();
    const whose = await repositories.sends.confirmByEcho({
      accountId,
      chatId,
      messageId: 'echo',
      text: 'Да,  продаём.',
    });
    expect(whose).toBe('ours');
    expect(await state()).toMatchObject({ sends: ['sent'] });
  });

  test('includes the part over which a worker died: another one waits, then leaves it alone', async () => {
    const early = await setUp();
    const [sendId] = await early.sendIds();
    await early.repositories.sends.beginSend({ sendId: sendId ?? '' });
    expect(await putBackUntil(early.run())).toBeGreaterThan(Date.now());

    const late = await setUp({ skewMs: INTENT_TIMEOUT_MS + 1_000 });
    const [lateId] = await late.sendIds();
    await late.repositories.sends.beginSend({ sendId: lateId ?? '' });
    await late.run();
    expect(late.posts).toEqual([]);
    expect(await late.state()).toMatchObject({ sends: ['unknown'], mode: 'human' });
  });
});

test('a person who takes the chat before the send stops it', async () => {
  const { run, posts, state, repositories, accountId, chatId } = await setUp();
  await repositories.chats.pauseChat({ accountId, chatId });
  await run();
  expect(posts).toEqual([]);
  expect(await state()).toMatchObject({ reply: 'cancelled', sends: ['cancelled'] });
});

test('switched off, nothing leaves that was stored before', async () => {
  const { run, posts, state } = await setUp({ isEnabled: false });
  await run();
  expect(posts).toEqual([]);
  expect(await state()).toMatchObject({ reply: 'cancelled', mode: 'human', reason: 'auto-reply-disabled' });
});

test('without the credentials of the account nothing is begun: the part stays queued', async () => {
  const { repositories, accountId, chatId, replyId } = await setUp();
  const send = createSendReply({
    repositories,
    clientOf: () => {
      throw new AppError('not configured here', { code: 'account.unknown' });
    },
    settingsOf: settingsWith(),
    clock: systemClock,
    logger: silentLogger,
  });
  await expect(send({ accountId, chatId, replyId }, jobContext)).rejects.toMatchObject({
    code: 'account.unknown',
  });
  expect(await repositories.sends.findReply({ replyId })).toMatchObject({
    sends: [{ status: 'queued', attempts: 0 }],
  });
});

import { AvitoApiError, AvitoConnectionError, type Chat, type Message } from '@avito-autoreply/avito';
import { createPool } from '@avito-autoreply/database';
import { AppError, silentLogger, systemClock } from '@avito-autoreply/runtime';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { createReturnToAuto } from '../take-in/return-to-auto.ts';
import { createTakeInEvent } from '../take-in/take-in-event.ts';
import { createBell, jobContext, putBackUntil, setUpAccount, settingsWith } from '../testing/set-up.ts';
import { workBound } from '../take-in/work-bound.ts';
import { createAlarm } from '../alarm.ts';
import { createPoll } from './poll.ts';
import { createUnreadAlert } from './unread-alert.ts';

const BUYER = 287_654_321;
const MINUTE = 60_000;
const id = () => crypto.randomUUID().replaceAll('-', '');

const silent = new AvitoConnectionError('GET messages: silent', {
  code: 'avito.timeout',
  requestMayHaveArrived: true,
  mayHaveTakenEffect: false,
});

/** Of Avito's own server, for one chat and for ever. */
const broken = new AvitoApiError('GET messages: 500', {
  code: 'avito.server-error',
  status: 500,
  mayHaveTakenEffect: false,
});

const gone = new AvitoApiError('GET messages: 404', {
  code: 'avito.not-found',
  status: 404,
  mayHaveTakenEffect: false,
});

/** An Avito with chats, messages and a count of the calls; `broken` makes the next calls fail. */
function createHistory(accountId: number) {
  const chats = new Map<string, Message[]>();
  const calls: string[] = [];
  const state: {
    broken: Error | undefined;
    unreadable: Set<string>;
    failing: Set<string>;
    gone: Set<string>;
  } = {
    broken: undefined,
    unreadable: new Set(),
    failing: new Set(),
    gone: new Set(),
  };
  const call = (name: string) => {
    calls.push(name);
    if (state.broken) throw state.broken;
    if (state.unreadable.has(name)) throw silent;
    if (state.failing.has(name)) throw broken;
    if (state.gone.has(name)) throw gone;
  };
  const write = (chatId: string, message: Partial<Message> = {}): Message => {
    const direction = message.direction ?? 'in';
    const written: Message = {
      id: id(),
      authorId: direction === 'in' ? BUYER : accountId,
      createdAt: new Date(Math.floor(Date.now() / 1_000) * 1_000),
      direction,
      type: 'text',
      text: null,
      content: { text: 'Ещё продаёте?' },
      isRead: null,
      readAt: null,
      quote: null,
      ...message,
    };
    chats.set(chatId, [written, ...(chats.get(chatId) ?? [])]);
    return written;
  };
  const chatOf = (chatId: string): Chat => {
    const [lastMessage = null] = chats.get(chatId) ?? [];
    return {
      id: chatId,
      type: 'u2i',
      createdAt: null,
      updatedAt: lastMessage?.createdAt ?? null,
      item: { id: 7, title: 'Гараж', priceString: null, url: null, status: null, location: null },
      buyer: { id: BUYER, name: 'Иван' },
      lastMessage,
    };
  };
  const client = {
    eachChat: async function* () {
      call('chats');
      const listed = [...chats.keys()].map(chatOf);
      yield* listed.toSorted((a, b) => (b.updatedAt?.getTime() ?? 0) - (a.updatedAt?.getTime() ?? 0));
    },
    eachMessage: async function* ({ chatId }: { chatId: string }) {
      call(chatId);
      yield* chats.get(chatId) ?? [];
    },
    getChat: async ({ chatId }: { chatId: string }) => {
      call(chatId);
      return chatOf(chatId);
    },
  };
  return { client, write, calls, state };
}

function setUp() {
  const { repositories, accountId, chatId } = setUpAccount();
  const pool = createPool({ url: inject('databaseUrl'), max: 1, logger: silentLogger });
  onTestFinished(() => pool.end());
  const bell = createBell();
  const avito = createHistory(accountId);
  const shutdown = new AbortController();
  const unreadAlert = createUnreadAlert({
    alarm: createAlarm({ alerts: repositories.alerts, logger: silentLogger }),
  });
  const deps = {
    repositories,
    queues: bell,
    settingsOf: settingsWith(),
    clock: systemClock,
    logger: silentLogger,
  };
  const takeIn = createTakeInEvent({
    ...deps,
    bound: workBound({ maxChats: 1_000, text: '' }),
    isOurAccount: (one) => one === accountId,
    switchedOnAt: async () => new Date(0),
    returnToAuto: createReturnToAuto({ ...deps, chats: repositories.chats }),
  });
  const poll = createPoll({
    ...deps,
    clientOf: () => avito.client,
    takeIn,
    accountIds: [accountId],
    isEnabled: true,
    unreadAlert,
    stopping: shutdown.signal,
    sleep: async (_ms, { signal } = {}) => signal?.throwIfAborted(),
  });
  const polled = () => poll({}, { ...jobContext, enqueuedAt: Date.now() });
  /** As if the account had been switched on long ago, and polled last some minutes ago. */
  const lastPolled = ({ minutesAgo }: { minutesAgo: number }) =>
    pool.query(
      `update polls set since = since - interval '1 day', watermark = clock_timestamp() - $2 * interval '1 min'
        where account_id = $1`,
      [accountId, minutesAgo],
    );
  const watermark = async () =>
    (await pool.query<{ watermark: Date }>('select watermark from polls where account_id = $1', [accountId]))
      .rows[0]?.watermark;
  const messages = (ofChat = chatId) => repositories.chats.listMessages({ accountId, chatId: ofChat });
  const webhook = (message: Message) =>
    takeIn(
      {
        eventKey: `m-${accountId}-${message.id}`,
        receivedAt: Date.now(),
        body: {
          payload: {
            type: 'message',
            value: {
              id: message.id,
              chat_id: chatId,
              user_id: accountId,
              author_id: message.authorId,
              created: message.createdAt.getTime() / 1_000,
              type: message.type,
              content: message.content,
            },
          },
        },
      },
      jobContext,
    );
  return {
    repositories,
    accountId,
    chatId,
    bell,
    avito,
    polled,
    lastPolled,
    watermark,
    messages,
    webhook,
    pool,
    shutdown,
  };
}

describe('a message that no webhook brought', () => {
  test('is taken in as the webhook would have, and rings for its turn', async () => {
    const { avito, chatId, accountId, polled, messages, bell, repositories } = setUp();
    await polled();
    avito.write(chatId);
    await polled();
    expect(await messages()).toMatchObject([{ text: 'Ещё продаёте?', decision: 'answer', itemId: 7 }]);
    expect(bell.rung).toMatchObject([{ name: 'compose-reply', payload: { accountId, chatId, turn: 1 } }]);
    expect(await repositories.chats.findChat({ accountId, chatId })).toMatchObject({
      buyerName: 'Иван',
      item: { title: 'Гараж' },
    });
  });

  test('is found behind newer ones that did come, and although somebody has read it', async () => {
    const { avito, chatId, polled, messages, webhook } = setUp();
    await polled();
    const lost = avito.write(chatId, { content: { text: 'Торг есть?' }, isRead: true });
    await webhook(avito.write(chatId, { content: { text: 'Алло?' } }));
    await polled();
    expect((await messages()).map(({ messageId }) => messageId)).toContain(lost.id);
  });

  test('of an hour ago is listed for the owner, and a young one is answered', async () => {
    const { avito, chatId, polled, lastPolled, messages } = setUp();
    await polled();
    await lastPolled({ minutesAgo: 120 });
    avito.write(chatId, { createdAt: new Date(Date.now() - 90 * MINUTE) });
    avito.write(`${chatId}2`, { createdAt: new Date(Date.now() - 20 * MINUTE) });
    await polled();
    expect(await messages()).toMatchObject([{ decision: 'hold', decisionReason: 'too-old' }]);
    expect(await messages(`${chatId}2`)).toMatchObject([{ decision: 'answer' }]);
  });

  test('that came by webhook meanwhile is stored once', async () => {
    const { avito, chatId, polled, messages, webhook } = setUp();
    await polled();
    const message = avito.write(chatId);
    await Promise.all([polled(), webhook(message)]);
    await webhook(message);
    expect(await messages()).toHaveLength(1);
  });
});

describe('chats that cannot be read, however often it is tried,', () => {
  const unreadable = Array.from({ length: 7 }, () => `u2i-${crypto.randomUUID()}~u`);

  test('keep a message in another one from being found for one poll at most', async () => {
    const { avito, chatId, polled, lastPolled, messages } = setUp();
    await polled();
    await lastPolled({ minutesAgo: 5 });
    avito.write(chatId, { createdAt: new Date(Date.now() - MINUTE) });
    await polled();
    for (const one of unreadable) avito.write(one);
    avito.state.unreadable = new Set(unreadable);
    await polled();
    avito.write(chatId, { createdAt: new Date(Date.now() - 30_000) });
    await polled();
    expect(await messages()).toHaveLength(2);
  });

  test('come after those in which something was lost behind what is known', async () => {
    const { avito, chatId, polled, lastPolled, messages, webhook } = setUp();
    await polled();
    await lastPolled({ minutesAgo: 5 });
    for (const one of unreadable) avito.write(one);
    avito.state.unreadable = new Set(unreadable);
    await polled();
    avito.write(chatId);
    await webhook(avito.write(chatId));
    await polled();
    expect(await messages()).toHaveLength(2);
  });

  test('take turns, so that one that can be read again is found among them', async () => {
    const { avito, polled, lastPolled, messages } = setUp();
    await polled();
    await lastPolled({ minutesAgo: 5 });
    for (const one of unreadable) avito.write(one);
    avito.state.unreadable = new Set(unreadable);
    await polled();
    await polled();
    const [again = ''] = avito.calls.slice(-1);
    avito.state.unreadable.delete(again);
    await polled();
    await polled();
    expect(await messages(again)).toHaveLength(1);
  });
});

describe('our side of a chat', () => {
  test("an operator's message takes the chat over before anything older is answered", async () => {
    const { avito, chatId, accountId, polled, repositories, bell, messages } = setUp();
    await polled();
    avito.write(chatId);
    avito.write(chatId, { direction: 'out', authorId: 555, content: { text: 'Отвечу сам' } });
    await polled();
    expect(await repositories.chats.findChat({ accountId, chatId })).toMatchObject({
      mode: 'human',
      modeReason: 'operator-wrote',
    });
    expect((await messages()).map(({ decision }) => decision).toSorted()).toEqual(['hold', 'ignore']);
    expect(bell.rung).toEqual([]);
  });

  test('our own send whose echo never came is confirmed', async () => {
    const { avito, chatId, accountId, polled, repositories, webhook } = setUp();
    await polled();
    await webhook(avito.write(chatId));
    const claim = await repositories.turns.claimTurn({ accountId, chatId, turn: 1 });
    if (claim.kind !== 'claimed') throw new Error(claim.kind);
    const stored = await repositories.turns.storeReply({
      accountId,
      chatId,
      turn: 1,
      messageIds: claim.messages.map(({ messageId }) => messageId),
      reply: { mode: 'static', action: 'answer', question: '', text: 'Да.', sources: [], trace: {} },
      parts: ['Да.'],
      maxWaitMs: 0,
    });
    const replyId = stored.kind === 'stored' ? stored.replyId : '';
    const [send] = (await repositories.sends.findReply({ replyId }))?.sends ?? [];
    await repositories.sends.beginSend({ sendId: send?.sendId ?? '', maxWaitMs: 30_000 });
    avito.write(chatId, { direction: 'out', content: { text: 'Да.' } });
    await polled();
    expect((await repositories.sends.findReply({ replyId }))?.reply.status).toBe('sent');
    expect(await repositories.chats.findChat({ accountId, chatId })).toMatchObject({ mode: 'auto' });
  });

  test('a message that was deleted is no operator', async () => {
    const { avito, chatId, accountId, polled, repositories } = setUp();
    await polled();
    avito.write(chatId);
    avito.write(chatId, { direction: 'out', type: 'deleted', content: {} });
    await polled();
    expect(await repositories.chats.findChat({ accountId, chatId })).toMatchObject({ mode: 'auto' });
  });
});

describe('calls', () => {
  test('one, when nothing is new', async () => {
    const { avito, chatId, polled, lastPolled } = setUp();
    await polled();
    await lastPolled({ minutesAgo: 1 });
    avito.write(chatId, { createdAt: new Date(Date.now() - MINUTE) });
    await polled();
    expect(avito.calls).toEqual(['chats', 'chats', chatId]);
    avito.calls.length = 0;
    await polled();
    expect(avito.calls).toEqual(['chats']);
  });

  test('go on to a chat whose last message is new: another of the same second may still come before it', async () => {
    const { avito, chatId, polled } = setUp();
    await polled();
    // By a clock that is ahead of ours, so that it does not grow old while the test runs.
    avito.write(chatId, { createdAt: new Date(Date.now() + MINUTE) });
    avito.calls.length = 0;
    await polled();
    await polled();
    expect(avito.calls).toEqual(['chats', chatId, 'chats', chatId]);
  });

  test('for what is missed come before those that only look behind what is known', async () => {
    const { avito, chatId, polled, lastPolled, webhook } = setUp();
    await polled();
    await lastPolled({ minutesAgo: 2 });
    avito.write(`${chatId}-lost`, { createdAt: new Date(Date.now() - MINUTE) });
    await webhook(avito.write(chatId));
    avito.calls.length = 0;
    await polled();
    expect(avito.calls).toEqual(['chats', `${chatId}-lost`, chatId]);
  });

  test('at the first switch-on read nothing of a long history', async () => {
    const { avito, chatId, polled, messages } = setUp();
    avito.write(chatId, { createdAt: new Date(Date.now() - 30 * MINUTE) });
    await polled();
    expect(avito.calls).toEqual(['chats']);
    avito.write(chatId);
    await polled();
    expect(await messages()).toHaveLength(1);
  });
});

describe('the watermark', () => {
  test('stays where it was until a poll is complete', async () => {
    const { avito, chatId, polled, watermark, messages } = setUp();
    await polled();
    const before = await watermark();
    avito.write(chatId);
    avito.state.broken = silent;
    await polled();
    expect(await watermark()).toEqual(before);
    avito.state.broken = undefined;
    await polled();
    expect((await watermark())?.getTime()).toBeGreaterThan(before?.getTime() ?? 0);
    expect(await messages()).toHaveLength(1);
  });

  test('goes on while a chat cannot be read, which is read from where it was as soon as it can be', async () => {
    const { avito, chatId, polled, lastPolled, watermark, messages } = setUp();
    await polled();
    await lastPolled({ minutesAgo: 5 });
    const before = await watermark();
    const lost = avito.write(chatId);
    avito.state.failing.add(chatId);
    await polled();
    expect(await watermark()).not.toEqual(before);
    // Long past the ten minutes that each poll reads again, and off the list of what has changed.
    lost.createdAt = new Date(Date.now() - 3 * MINUTE);
    await lastPolled({ minutesAgo: -30 });
    avito.calls.length = 0;
    await polled();
    expect(avito.calls).toEqual(['chats', chatId]);
    avito.state.failing.clear();
    await polled();
    expect(await messages()).toMatchObject([{ messageId: lost.id }]);
    avito.calls.length = 0;
    await polled();
    expect(avito.calls).toEqual(['chats']);
  });

  test('goes on however many chats cannot be read, and asks for five of them with each poll', async () => {
    const { avito, chatId, polled, lastPolled, watermark, messages } = setUp();
    await polled();
    await lastPolled({ minutesAgo: 5 });
    const failing = Array.from({ length: 12 }, () => `u2i-${crypto.randomUUID()}~p`);
    for (const one of failing) avito.write(one);
    avito.state.failing = new Set(failing);
    for (let round = 0; round < 3; round += 1) await polled();
    const before = await watermark();
    avito.write(chatId);
    avito.calls.length = 0;
    await polled();
    expect(await messages()).toHaveLength(1);
    expect(avito.calls).toHaveLength(1 + 1 + 5);
    expect(await watermark()).not.toEqual(before);
    avito.state.failing.clear();
    await polled();
    for (const one of failing) expect(await messages(one)).toHaveLength(1);
  });

  test('goes on past a chat that was erased, of which nothing is noted', async () => {
    const { avito, chatId, accountId, polled, lastPolled, watermark, repositories } = setUp();
    await polled();
    await lastPolled({ minutesAgo: 5 });
    const before = await watermark();
    avito.write(chatId, { createdAt: new Date(Date.now() - MINUTE) });
    await repositories.erasures.eraseChat({ accountId, chatId });
    avito.state.failing.add(chatId);
    await polled();
    expect(await watermark()).not.toEqual(before);
    expect(await repositories.polls.unreadChats({ accountId })).toEqual([]);
    avito.write(chatId, { createdAt: new Date(Date.now() + MINUTE) });
    await polled();
    expect(await repositories.polls.unreadChats({ accountId })).toMatchObject([{ chatId }]);
  });

  test('waits for a chat that cannot be read where too many are remembered already', async () => {
    const { avito, chatId, accountId, polled, lastPolled, watermark, pool } = setUp();
    await polled();
    await lastPolled({ minutesAgo: 5 });
    await pool.query(
      `insert into unread_chats (account_id, chat_id, since, problem)
       select $1, 'u2i-' || n, clock_timestamp(), 'avito.timeout' from generate_series(1, 200) as n`,
      [accountId],
    );
    const before = await watermark();
    avito.write(chatId);
    avito.state.failing.add(chatId);
    await polled();
    expect(await watermark()).toEqual(before);
  });

  test('tells the owner of a chat that cannot be read for a quarter of an hour, until it can be', async () => {
    const { avito, chatId, accountId, polled, lastPolled, repositories, pool } = setUp();
    const open = async () =>
      (await repositories.alerts.listOpen({ accountIds: [accountId] }))
        .filter((alert) => alert.accountId === accountId)
        .map(({ kind }) => kind);
    await polled();
    await lastPolled({ minutesAgo: 5 });
    avito.write(chatId);
    avito.state.failing.add(chatId);
    await polled();
    expect(await open()).toEqual([]);
    await pool.query(
      "update unread_chats set failed_since = failed_since - interval '16 min' where account_id = $1",
      [accountId],
    );
    await polled();
    expect(await open()).toEqual(['chats-unreadable']);
    avito.state.failing.clear();
    await polled();
    expect(await open()).toEqual([]);
  });

  test('is held up by no chat that is gone, of which the list tells the last message', async () => {
    const { avito, polled, lastPolled, watermark, messages } = setUp();
    await polled();
    await lastPolled({ minutesAgo: 5 });
    const before = await watermark();
    const chatIds = Array.from({ length: 7 }, () => `u2i-${crypto.randomUUID()}~p`);
    for (const chatId of chatIds) avito.write(chatId);
    avito.state.gone = new Set(chatIds.slice(0, 6));
    await polled();
    for (const chatId of chatIds) expect(await messages(chatId)).toHaveLength(1);
    expect(await watermark()).not.toEqual(before);
  });

  test('passes a chat that was gone for a moment, which is read all the same when it is there again', async () => {
    const { avito, chatId, polled, lastPolled, messages } = setUp();
    await polled();
    await lastPolled({ minutesAgo: 5 });
    for (const secondsAgo of [70, 60]) {
      avito.write(chatId, { createdAt: new Date(Date.now() - secondsAgo * 1_000) });
    }
    avito.state.gone.add(chatId);
    await polled();
    expect(await messages()).toHaveLength(1);
    avito.state.gone.clear();
    await polled();
    expect(await messages()).toHaveLength(2);
  });

  test('is not moved by a poll that gives up, because nothing can be read', async () => {
    const { avito, polled, lastPolled, watermark } = setUp();
    await polled();
    await lastPolled({ minutesAgo: 5 });
    const before = await watermark();
    const chatIds = Array.from({ length: 20 }, () => `u2i-${crypto.randomUUID()}~p`);
    for (const chatId of chatIds) avito.write(chatId);
    avito.state.unreadable = new Set(chatIds);
    avito.calls.length = 0;
    await polled();
    expect(avito.calls.length).toBeLessThan(10);
    expect(await watermark()).toEqual(before);
  });

  test('stays where it was when the process shuts down in the midst of a poll, which is no failure', async () => {
    const { avito, chatId, polled, watermark, messages, shutdown } = setUp();
    await polled();
    const before = await watermark();
    avito.write(`${chatId}1`);
    avito.write(`${chatId}2`);
    shutdown.abort();
    await polled();
    expect(await watermark()).toEqual(before);
    expect([...(await messages(`${chatId}1`)), ...(await messages(`${chatId}2`))]).toHaveLength(1);
  });

  test('is moved by one poll at a time, and not by one that was overtaken', async () => {
    const { accountId, repositories, watermark, polled, pool } = setUp();
    const { polls } = repositories;
    const slow = await polls.beginPoll({ accountId, leaseMs: 60_000 });
    if (slow.kind !== 'go') throw new Error('busy');
    expect(await putBackUntil(polled())).toBeGreaterThan(Date.now() + 30_000);
    await pool.query(
      "update polls set leased_until = clock_timestamp() - interval '1 s' where account_id = $1",
      [accountId],
    );
    await polled();
    const after = await watermark();
    expect(await polls.extendPoll({ ...slow.lease, leaseMs: 60_000 })).toBe(false);
    await polls.endPoll({ ...slow.lease, watermark: new Date(Date.now() + 60_000) });
    expect(await watermark()).toEqual(after);
  });
});

test('a message that cannot be taken in is left to the queue, and the others are not', async () => {
  const { repositories, accountId, chatId } = setUpAccount();
  const avito = createHistory(accountId);
  const bell = createBell();
  const taken: string[] = [];
  const poll = createPoll({
    repositories,
    queues: bell,
    clientOf: () => avito.client,
    takeIn: async ({ eventKey }) => {
      taken.push(eventKey);
      if (taken.length === 1) throw new AppError('odd', { code: 'database.unsafe-number' });
    },
    accountIds: [accountId],
    isEnabled: true,
    unreadAlert: async () => {},
    stopping: new AbortController().signal,
    clock: systemClock,
    sleep: async () => {},
    logger: silentLogger,
  });
  await poll({}, jobContext);
  avito.write(chatId);
  avito.write(chatId);
  await poll({}, jobContext);
  expect(taken).toHaveLength(2);
  expect(bell.rung).toMatchObject([{ name: 'take-in-event', payload: { eventKey: taken[0] } }]);
});

import { createLifecycle, silentLogger } from '@avito-autoreply/runtime';
import { createFaultProxy } from '@avito-autoreply/runtime/testing';
import { describe, expect, inject, test } from 'vitest';
import { createPool } from './create-pool.ts';
import { buyerMessage, newChat, useTestDatabase } from './testing/test-database.ts';
import { createRunQuery, withTransaction } from './with-transaction.ts';

const { pool, repositories } = useTestDatabase({ connections: 2 });

describe('withTransaction', () => {
  test('rolls back what throws, hands the error on and leaves the connection usable', async () => {
    const chat = newChat();
    const insert = 'insert into chats (account_id, chat_id) values ($1, $2)';
    const failure = new Error('no');
    for (let round = 0; round < 5; round += 1) {
      const work = withTransaction(pool, async (run) => {
        await run(insert, [chat.accountId, chat.chatId]);
        throw failure;
      });
      await expect(work).rejects.toBe(failure);
    }
    expect(await repositories.chats.findChat(chat)).toBeUndefined();
  });

  test('a failed statement rolls the whole transaction back', async () => {
    const chat = newChat();
    const work = withTransaction(pool, async (run) => {
      await run('insert into chats (account_id, chat_id) values ($1, $2)', [chat.accountId, chat.chatId]);
      await run('select * from there_is_no_such_table');
    });
    await expect(work).rejects.toMatchObject({ code: 'database.not-migrated' });
    expect(await repositories.chats.findChat(chat)).toBeUndefined();
  });

  test('a server that is not there is database.unavailable', async () => {
    const url = 'postgres://nobody@127.0.0.1:1/none';
    const nowhere = createPool({ url, max: 1, logger: silentLogger });
    const unavailable = { code: 'database.unavailable', isRetryable: true };
    await expect(withTransaction(nowhere, (run) => run('select 1'))).rejects.toMatchObject(unavailable);
    await expect(createRunQuery(nowhere)('select 1')).rejects.toMatchObject(unavailable);
    await nowhere.end();
  });
});

describe('statements that a connection has prepared', () => {
  test('survive a migration under a running program', async () => {
    // A schema of its own: other tests look into all tables of ours at the same time.
    const schema = `prepared_${newChat().accountId}`;
    const table = `${schema}.notes`;
    const run = createRunQuery(pool);
    await run(`create schema ${schema}`);
    await run(`create table ${table} (id int)`);
    await run(`insert into ${table} values (1)`);
    const read = `select * from ${table}`;
    const held = await pool.connect();
    expect(await run(read)).toEqual([{ id: 1 }]);
    held.release();
    // Now the pool gives out the other connection: both have prepared the statement.
    expect(await run(read)).toEqual([{ id: 1 }]);
    await run(`alter table ${table} add column name text default 'new'`);
    expect(await withTransaction(pool, (tx) => tx(read))).toEqual([{ id: 1, name: 'new' }]);
    expect(await run(read)).toEqual([{ id: 1, name: 'new' }]);
    await run(`drop schema ${schema} cascade`);
  });

  test('keep their text apart, however many there are', async () => {
    const run = createRunQuery(pool);
    for (let number = 0; number < 1_100; number += 1)
      expect(await run(`select ${number} as number`)).toEqual([{ number }]);
  });
});

describe('a lost connection', () => {
  test('fails the transaction in hand as retryable, commits nothing, and the next one works', async () => {
    const proxy = await createFaultProxy({ targetUrl: inject('databaseUrl') });
    const proxied = createPool({ url: proxy.url, max: 1, logger: silentLogger });
    const chat = newChat();
    const work = withTransaction(proxied, async (run) => {
      await run('insert into chats (account_id, chat_id) values ($1, $2)', [chat.accountId, chat.chatId]);
      proxy.reset();
      await run('select 1');
    });
    await expect(work).rejects.toMatchObject({ code: 'database.unavailable', isRetryable: true });
    expect(await createRunQuery(proxied)('select 1 as one')).toEqual([{ one: 1 }]);
    expect(await repositories.chats.findChat(chat)).toBeUndefined();
    await proxied.end();
    await proxy.close();
  });

  test('of an idle connection does not end the process', async () => {
    const proxy = await createFaultProxy({ targetUrl: inject('databaseUrl') });
    const warned = Promise.withResolvers<string>();
    const logger = { ...silentLogger, warn: (message: string) => warned.resolve(message) };
    const proxied = createPool({ url: proxy.url, max: 1, logger });
    await createRunQuery(proxied)('select 1');
    proxy.reset();
    expect(await warned.promise).toBe('an idle Postgres connection was lost');
    expect(await createRunQuery(proxied)('select 1 as one')).toEqual([{ one: 1 }]);
    await proxied.end();
    await proxy.close();
  });
});

test('the pool closes with the process, after the work that needs it', async () => {
  const lifecycle = createLifecycle({ logger: silentLogger });
  const closing = createPool({ url: inject('databaseUrl'), max: 1, logger: silentLogger, lifecycle });
  const stored: unknown[] = [];
  lifecycle.onShutdown({
    name: 'last work',
    phase: 'drain',
    run: async () => stored.push(await createRunQuery(closing)('select 1 as one')),
  });
  expect(await lifecycle.shutdown('test')).toEqual({ clean: true });
  expect(stored).toEqual([[{ one: 1 }]]);
  await expect(createRunQuery(closing)('select 1')).rejects.toThrow();
});

// A pool's caller waits 5 s for a connection at most: with many more messages a busy machine would keep the last waiting.
test('a dozen messages of one chat over two connections neither block one another nor get lost', async () => {
  const chat = newChat();
  await Promise.all(Array.from({ length: 12 }, () => repositories.turns.takeInMessage(buyerMessage(chat))));
  expect(await repositories.chats.listMessages(chat)).toHaveLength(12);
});

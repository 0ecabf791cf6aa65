import { randomInt } from 'node:crypto';
import { createPool, createRepositories } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { expect, inject, onTestFinished, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

async function setUp() {
  const accountId = randomInt(1_000_000_000, 9_000_000_000);
  const databaseUrl = inject('databaseUrl');
  const pool = createPool({ url: databaseUrl, max: 1, logger: silentLogger });
  onTestFinished(() => pool.end());
  const repositories = createRepositories(pool);
  const cli = (...argv: string[]) =>
    runCli([...argv, '--account', String(accountId)], { DATABASE_URL: databaseUrl });
  const key = { accountId, chatId: 'u2i-1~a' };
  const messageId = `m-${accountId}`;
  const write = (decision: 'answer' | 'hold') =>
    repositories.turns.takeInMessage({
      ...key,
      messageId,
      direction: 'in',
      authorId: 7,
      authorKind: 'buyer',
      type: 'text',
      text: 'Ещё продаёте?',
      content: {},
      itemId: null,
      chatType: 'u2i',
      createdAt: new Date('2026-11-22T12:00:00Z'),
      decision,
      reason: decision === 'hold' ? 'too-old' : 'buyer-message',
      quietMs: 0,
      maxWaitMs: 0,
    });
  return { repositories, cli, key, messageId, write };
}

test('what was not answered is listed with its reason, answered after all, or dismissed', async () => {
  const { cli, write, messageId, repositories, key } = await setUp();
  expect((await cli('unanswered')).exitCode).toBe(0);
  await write('hold');
  const listed = await cli('unanswered');
  expect(listed.exitCode).toBe(1);
  expect(listed.stdout).toMatch(
    /2026-11-22 12:00 UTC {2}u2i-1~a\n {2}Ещё продаёте\?\n {2}Сообщение слишком старое.*\(too-old\)/,
  );
  const asked = await cli('unanswered', 'answer', messageId);
  expect(asked).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('will be answered') });
  expect(asked.stderr).toContain('the worker finds it');
  expect(await repositories.chats.findChat(key)).toMatchObject({ turn: 2, turnDueAt: expect.any(Date) });
  expect((await cli('unanswered', 'answer', messageId)).stdout).toContain('nothing to do');

  const refused = await cli('unanswered', 'dismiss', messageId);
  expect(refused.exitCode).not.toBe(0);
  expect(refused.stderr).toContain('message.in-hand');
});

test('a message that needs no answer is dismissed', async () => {
  const { cli, write, messageId } = await setUp();
  await write('hold');
  expect((await cli('unanswered', 'dismiss', messageId)).exitCode).toBe(0);
  const { stdout } = await cli('unanswered', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ total: 0, messages: [] });
});

test('drafts are listed, and leave with the text of the owner', async () => {
  const { cli, write, messageId, repositories, key } = await setUp();
  await write('answer');
  await repositories.turns.claimTurn({ ...key, turn: 1 });
  const stored = await repositories.turns.storeReply({
    ...key,
    turn: 1,
    messageIds: [messageId],
    reply: {
      mode: 'model',
      action: 'answer',
      question: 'Ещё продаёте?',
      text: 'Да.',
      sources: [],
      trace: {},
    },
    parts: ['Да.'],
    isDraft: true,
    maxWaitMs: 0,
  });
  const replyId = stored.kind === 'stored' ? stored.replyId : '';
  expect((await cli('drafts')).stdout).toContain(`${replyId}  `);
  const sent = await cli('drafts', 'send', replyId, '--text', 'Да, приезжайте.');
  expect(sent).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('on its way') });
  expect(await repositories.sends.findReply({ replyId })).toMatchObject({
    sends: [{ text: 'Да, приезжайте.' }],
  });
  expect((await cli('drafts', 'discard', replyId)).stderr).toContain('reply.released');
  expect((await cli('drafts')).stdout).toContain('No draft waits');
});

test('a chat is paused, resumed and given a mode', async () => {
  const { cli, write, key } = await setUp();
  await write('hold');
  expect((await cli('chat', 'pause', key.chatId)).stdout).toContain('a person has chat');
  expect((await cli('chat', 'resume', key.chatId)).stdout).toContain('is automatic');
  const { stdout } = await cli('chat', 'mode', key.chatId, 'draft', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ mode: 'auto', replyMode: 'draft' });
  expect((await cli('chat', 'mode', key.chatId, 'account')).stdout).toContain(
    "as the account's settings say",
  );
  expect((await cli('chat', 'mode', key.chatId, 'loud')).exitCode).toBe(2);
  expect(await cli('chat', 'resume', 'nowhere')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('chat.unknown'),
  });
  expect(await cli('drafts', 'send', 'nowhere')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('reply.unknown'),
  });
});

test('chats that Avito does not let us read are listed, and are no more once they were read', async () => {
  const { cli, key, repositories } = await setUp();
  expect((await cli('chat', 'unread')).exitCode).toBe(0);
  await repositories.polls.noteUnread({
    ...key,
    since: new Date('2026-11-22T12:00:00Z'),
    touchedAt: null,
    problem: 'avito.server-error',
    atMost: 10,
  });
  const { exitCode, stdout } = await cli('chat', 'unread');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/u2i-1~a +avito\.server-error/);
  await repositories.polls.forgetUnread(key);
  expect((await cli('chat', 'unread')).exitCode).toBe(0);
});

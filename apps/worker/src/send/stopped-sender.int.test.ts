import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { createAvitoClient } from '@avito-autoreply/avito';
import { createPool } from '@avito-autoreply/database';
import { errorCode, silentLogger, systemClock } from '@avito-autoreply/runtime';
import { expect, inject, onTestFinished, test } from 'vitest';
import { startAvitoChats } from '../testing/avito-chats.ts';
import { storeAnswer } from '../testing/buyer-question.ts';
import { createBell, jobContext, putBackUntil, setUpAccount, settingsWith } from '../testing/set-up.ts';
import { createSendReply } from './send-reply.ts';

const STOPS = 3;
const REPLIES_PER_STOP = 8;
// As in production, but shorter. A busy machine needs its time for an intent too, or no text would ever leave.
const timing = { startWithinMs: 1_000, postTimeoutMs: 500, settleMs: 100 };

function startSender(baseUrl: string): ChildProcess {
  const file = new URL('../testing/sender.main.ts', import.meta.url).pathname;
  const child = fork(file, [JSON.stringify({ databaseUrl: inject('databaseUrl'), baseUrl, timing })]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Resolves when the child has said so as many times. */
async function heard(child: ChildProcess, word: string, times: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = times;
  const listen = (said: unknown) => {
    if (typeof said === 'string' && said.startsWith(word) && (left -= 1) <= 0) resolve();
  };
  child.on('message', listen);
  await promise;
  child.off('message', listen);
}

async function storeReply({ repositories, accountId }: ReturnType<typeof setUpAccount>) {
  const chat = { accountId, chatId: `u2i-${crypto.randomUUID()}~x` };
  return { ...chat, ...(await storeAnswer(repositories, { ...chat, parts: ['Да.'] })) };
}

test(
  'a process stopped between intent and POST, while others send again, never leaves two answers',
  { timeout: 180_000 },
  async () => {
    const account = setUpAccount();
    const pool = createPool({ url: inject('databaseUrl'), max: 1, logger: silentLogger });
    onTestFinished(() => pool.end());
    const { baseUrl, stored } = await startAvitoChats();
    const client = createAvitoClient({
      baseUrl,
      credentials: { clientId: 'client', clientSecret: 's3cret' },
    });
    const send = createSendReply({
      repositories: account.repositories,
      clientOf: () => client,
      queues: createBell(),
      settingsOf: settingsWith(),
      settleMs: timing.settleMs,
      timing,
      clock: systemClock,
      logger: silentLogger,
    });
    const child = startSender(baseUrl);
    await heard(child, 'ready', 1);

    for (let stop = 0; stop < STOPS; stop += 1) {
      const jobs = await Promise.all(Array.from({ length: REPLIES_PER_STOP }, () => storeReply(account)));
      const intents = heard(child, 'intent', REPLIES_PER_STOP);
      const ended = heard(child, 'ended', REPLIES_PER_STOP);
      for (const job of jobs) child.send(job);
      await intents;
      child.send('post');
      // No event: the stop is to meet the POSTs anywhere on their way, and elsewhere each time.
      await wait(Math.random() * 25);
      child.kill('SIGSTOP');

      const statusOf = async ({ replyId }: { replyId: string }) =>
        (await account.repositories.sends.findReply({ replyId }))?.reply.status;
      for (const job of jobs) {
        // As the other worker's queue would: again and again, also when it was too slow for these short times itself.
        const sendAgain = async () => {
          await putBackUntil(send(job, jobContext)).catch((error: unknown) => {
            if (errorCode(error) !== 'avito.too-late') throw error;
          });
          return statusOf(job);
        };
        await expect.poll(sendAgain, { interval: 100, timeout: 60_000 }).not.toBe('stored');
      }
      child.kill('SIGCONT');
      child.send('awake');
      await ended;
      // A sleeper that wakes between its connection and its POST may not know that it left: then the history tells.
      await pool.query(
        'update sends set look_at = clock_timestamp() where account_id = $1 and look_at is not null',
        [account.accountId],
      );
      for (const job of jobs) {
        await putBackUntil(send(job, jobContext));
        const visible = stored.filter(({ chatId, isDeleted }) => chatId === job.chatId && !isDeleted);
        expect([await statusOf(job), visible.length]).toEqual(['sent', 1]);
      }
    }
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  },
);

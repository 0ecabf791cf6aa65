import { setTimeout as wait } from 'node:timers/promises';
import { createAvitoClient } from '@avito-autoreply/avito';
import { createPool, createRepositories } from '@avito-autoreply/database';
import { errorCode, silentLogger, systemClock } from '@avito-autoreply/runtime';
import { createSendReply } from '../send/send-reply.ts';
import type { SendTiming } from '../send/send-timing.ts';
import { createBell, jobContext, settingsWith } from './doubles.ts';

// A process that sends replies, for tests that stop it. It tells its parent of each intent, posts when it is told to,
// each reply at a moment of its own, and notes outcomes only when it is told that it is awake again: a stop meets no
// transaction, which on PGlite would keep everybody out. Ends with its parent.
type Job = { accountId: number; chatId: string; replyId: string };
type Setting = { databaseUrl: string; baseUrl: string; timing: SendTiming };

process.on('disconnect', () => process.exit());
const { databaseUrl, baseUrl, timing } = JSON.parse(process.argv[2] ?? '') as Setting;
const repositories = createRepositories(createPool({ url: databaseUrl, max: 5, logger: silentLogger }));
const client = createAvitoClient({ baseUrl, credentials: { clientId: 'client', clientSecret: 's3cret' } });
const SPREAD_MS = 20;
let mayPost = Promise.withResolvers<void>();
let isAwake = Promise.withResolvers<void>();

const afterwards =
  <Input, Result>(step: (input: Input) => Promise<Result>) =>
  async (input: Input): Promise<Result> => {
    await isAwake.promise;
    return step(input);
  };
const { sends } = repositories;
const send = createSendReply({
  repositories: {
    ...repositories,
    sends: {
      ...sends,
      beginSend: async (input) => {
        const begun = await sends.beginSend(input);
        process.send?.('intent');
        await mayPost.promise;
        await wait(Math.random() * SPREAD_MS);
        return begun;
      },
      markSent: afterwards(sends.markSent),
      markNotSent: afterwards(sends.markNotSent),
      markUnknown: afterwards(sends.markUnknown),
    },
  },
  clientOf: () => client,
  queues: createBell(),
  settingsOf: settingsWith(),
  settleMs: timing.settleMs,
  timing,
  clock: systemClock,
  logger: silentLogger,
});

process.on('message', (said: Job | 'post' | 'awake') => {
  if (said === 'post') {
    isAwake = Promise.withResolvers<void>();
    mayPost.resolve();
  } else if (said === 'awake') {
    isAwake.resolve();
    mayPost = Promise.withResolvers<void>();
  } else {
    send(said, jobContext).then(
      () => process.send?.('ended'),
      (error: unknown) => process.send?.(`ended: ${errorCode(error)}`),
    );
  }
});
process.send?.('ready');

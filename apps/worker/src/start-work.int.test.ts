import { createAvitoClient } from '@avito-autoreply/avito';
import { createKnowledgeRepositories, createPool } from '@avito-autoreply/database';
import { checkAccess, connectQueues, sweep } from '@avito-autoreply/queue';
import { createRag } from '@avito-autoreply/rag';
import { silentLogger, systemClock } from '@avito-autoreply/runtime';
import { expect, inject, onTestFinished, test } from 'vitest';
import { startWork } from './start-work.ts';
import { setUpAccount, settingsWith } from './testing/set-up.ts';

const url = inject('databaseUrl');

/** An Avito from which no answer comes until the test is over. */
function createHungAvito() {
  const { promise: token, reject } = Promise.withResolvers<string>();
  let asked = 0;
  const getToken = () => {
    asked += 1;
    return token;
  };
  onTestFinished(() => reject(new Error('the test is over')));
  return { client: createAvitoClient({ tokens: { getToken, invalidate: () => {} } }), asked: () => asked };
}

test('looks at many accounts leave a hand for the sweep, though Avito hangs', async () => {
  const { repositories, accountId } = setUpAccount();
  const pool = createPool({ url, max: 3, logger: silentLogger });
  onTestFinished(() => pool.end());
  const backend = { kind: 'postgres', url, prefix: `w-${crypto.randomUUID().slice(0, 8)}` } as const;
  const queues = await connectQueues({ backend, role: 'worker', logger: silentLogger });
  onTestFinished(queues.close);
  const avito = createHungAvito();
  const accountIds = Array.from({ length: 8 }, (_, index) => accountId + index);
  let sweeps = 0;
  const overdueReplies = async () => {
    sweeps += 1;
    return [];
  };
  await startWork({
    repositories: { ...repositories, sweep: { ...repositories.sweep, overdueReplies } },
    knowledge: createKnowledgeRepositories(pool),
    rag: await createRag({ pool, model: undefined, logger: silentLogger }),
    queues,
    clients: { accountIds, isOurAccount: () => true, clientOf: () => avito.client },
    settingsOf: settingsWith({ isEnabled: false }),
    currency: undefined,
    limits: { chatCalls: 1, compositions: 1, maxChats: 10, pollEveryMs: 0 },
    access: { checkEveryMs: 3_600_000, publicUrl: undefined, isAutoRegister: false },
    accounts: [],
    settleMs: 20_000,
    stopping: new AbortController().signal,
    onDeaf: () => {},
    clock: systemClock,
    logger: silentLogger,
  });
  await expect.poll(() => sweeps).toBeGreaterThan(0);
  for (const each of accountIds) await queues.enqueue(checkAccess, { accountId: each });
  await expect.poll(avito.asked).toBeGreaterThan(3);
  const before = sweeps;
  await queues.enqueue(sweep, {});
  await expect.poll(() => sweeps).toBeGreaterThan(before);
});

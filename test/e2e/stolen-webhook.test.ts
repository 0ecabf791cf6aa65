import { createAvitoClient } from '@avito-autoreply/avito';
import { checkAccess, connectQueues } from '@avito-autoreply/queue';
import { silentLogger } from '@avito-autoreply/runtime';
import { describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { queueKinds, useStack } from './stack-fixture.ts';

const CRM = 'https://crm.example/hook';
const patiently = { timeout: 30_000, interval: 100 };

describe.each(queueKinds)('a webhook that another system takes, queue in %s', (queue) => {
  const { accountId, adminApiKey, credentials, queuePrefix, stack } = useStack({ queue });

  const admin = async (path: string): Promise<string> => {
    const response = await fetch(`${stack().adminUrl}${path}`, {
      headers: { authorization: `Bearer ${adminApiKey}` },
    });
    return response.text();
  };
  const openKinds = async (): Promise<string[]> => {
    const { open } = JSON.parse(await admin(`/api/v1/alerts?account_id=${accountId}`)) as {
      open: { account_id: number | null; kind: string }[];
    };
    return open.filter((alert) => alert.account_id === accountId).map(({ kind }) => kind);
  };

  test('is noticed at the next check, shown, and forgotten when it is ours again', async () => {
    const redisUrl = inject('redisUrl');
    const queues = await connectQueues({
      backend:
        queue === 'redis' && redisUrl !== undefined
          ? { kind: 'redis', url: redisUrl, prefix: queuePrefix }
          : { kind: 'postgres', url: inject('databaseUrl'), prefix: queuePrefix },
      role: 'producer',
      logger: silentLogger,
    });
    onTestFinished(() => queues.close());
    const avito = createAvitoClient({ baseUrl: stack().avitoBaseUrl, credentials });

    await avito.registerWebhook({ userId: accountId, url: CRM });
    await queues.enqueue(checkAccess, { accountId });
    await vi.waitFor(async () => expect(await openKinds()).toEqual(['webhook-replaced']), patiently);
    expect(await admin('/')).toContain(CRM);
    expect(await admin(`/api/v1/avito/webhook/status?account_id=${accountId}`)).toContain('webhook-replaced');

    await avito.registerWebhook({ userId: accountId, url: stack().webhookUrl });
    await queues.enqueue(checkAccess, { accountId });
    await vi.waitFor(async () => expect(await openKinds()).toEqual([]), patiently);
    expect(await admin('/')).not.toContain(CRM);
  });
});

import { createFaultProxy } from '@avito-autoreply/runtime/testing';
import { expect } from 'vitest';
import type { QueueBackend } from '../connect-queues.ts';
import { composeReply } from '../jobs.ts';
import { createMailbox, withQueues } from './queue-fixture.ts';

/** What a worker promises on both backends: the service goes away, comes back, and the worker goes on. */
export async function outlastOutage(service: QueueBackend): Promise<void> {
  await withQueues(service, async ({ backend, queues, connect, work }) => {
    const ring = (turn: number) => queues.enqueue(composeReply, { accountId: 7, chatId: 'c', turn });
    const proxy = await createFaultProxy({ targetUrl: service.url });
    const worker = await connect({ backend: { ...backend, url: proxy.url } });
    const turns = createMailbox<number>();
    await work({ composeReply: async (payload) => turns.put(payload.turn) }, { on: worker });
    await ring(1);
    expect(await turns.next()).toBe(1);
    await proxy.cut();
    await ring(2);
    await proxy.heal();
    expect(await turns.next()).toBe(2);
    await worker.close();
    await proxy.close();
  });
}

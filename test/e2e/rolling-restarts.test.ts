import { sleep } from '@avito-autoreply/runtime';
import { describe, expect, inject, test } from 'vitest';
import { queueKinds, useStack } from './stack-fixture.ts';

const RESTARTS = inject('restarts');
// Orchestrators kill after 30 s.
const STOP_WITHIN_MS = 25_000;
// Two writers: about four messages a second.
const WRITE_EVERY_MS = 500;
const STALLED = 'job taken over from a worker that fell silent';

// Postgres is the slower one of the two, and stalls the same way.
describe.each(queueKinds.slice(-1))('rolling restarts, queue in %s', (queue) => {
  const { log, simulator, startWorker, changeSwitches } = useStack({ queue, withModel: true });

  test(
    `${RESTARTS} of them leave no job behind, and each message is answered once`,
    async () => {
      // Long enough for a composition to be in hand whenever a worker is stopped.
      await changeSwitches({ modelMode: 'slow', modelDelayMs: 700 });
      const writing = new AbortController();
      const written: string[] = [];
      const write = async (): Promise<void> => {
        while (!writing.signal.aborted) {
          const { chatId } = await simulator().buyerWrites({
            buyerName: `Покупатель ${written.length}`,
            text: 'Можно оплатить картой?',
          });
          written.push(chatId);
          await sleep(WRITE_EVERY_MS);
        }
      };
      const writers = [write(), write()];
      const stops: number[] = [];
      const workers = [await startWorker(), await startWorker()];
      for (let restart = 0; restart < RESTARTS; restart += 1) {
        const leaving = workers.shift();
        const begun = performance.now();
        await leaving?.stop();
        stops.push(performance.now() - begun);
        expect(await leaving?.ended).toBe(0);
        workers.push(await startWorker());
      }
      writing.abort();
      await Promise.all(writers);
      expect(await simulator().waitUntilAnswered({ timeoutMs: 120_000, settleMs: 2_000 })).toBe(true);
      await Promise.all(workers.map((worker) => worker.stop()));

      const { buyerMessages } = await simulator().ledger();
      const states = Object.groupBy(buyerMessages, ({ state }) => state);
      const stalled = log.filter((line) => line.includes(STALLED));
      const slowest = Math.max(...stops);
      process.stdout.write(
        `${RESTARTS} restarts, ${written.length} messages, ${stalled.length} stalled jobs, slowest stop ${Math.round(slowest)} ms\n`,
      );
      expect(stalled).toEqual([]);
      expect(slowest).toBeLessThan(STOP_WITHIN_MS);
      expect({ once: states.once?.length, others: Object.keys(states) }).toEqual({
        once: written.length,
        others: ['once'],
      });
    },
    120_000 + RESTARTS * 20_000,
  );
});
